package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer that most are: one block of text. Everything else has a tree. */
final class PlainMessage {

    private enum Slot {
        ID,
        MODEL,
        TYPE,
        BLOCK,
        TEXT,
        REASON,
        INPUT,
        OUTPUT,
        WRITTEN,
        READ,
        THINKING,
        TIER,
        REGION,
        SEQUENCE
    }

    private static final JsonShape USAGE = JsonShape.of()
            .count(UsageReader.INPUT, Slot.INPUT)
            .count(UsageReader.OUTPUT, Slot.OUTPUT)
            .count(UsageReader.WRITTEN, Slot.WRITTEN)
            .count(UsageReader.READ, Slot.READ)
            .object(
                    UsageReader.DETAILS,
                    JsonShape.of().count(UsageReader.THINKING, Slot.THINKING).build())
            .plain("service_tier", Slot.TIER)
            .plain("inference_geo", Slot.REGION)
            .unset("server_tool_use")
            .skipped("cache_creation")
            .build();

    private static final JsonShape BLOCK = JsonShape.of()
            .text("type", Slot.BLOCK)
            .text("text", Slot.TEXT)
            .empty("citations")
            .build();

    private static final JsonShape SHAPE = JsonShape.of()
            .one("content", BLOCK)
            .text("id", Slot.ID)
            .text("model", Slot.MODEL)
            .text("type", Slot.TYPE)
            .text("stop_reason", Slot.REASON)
            .plain("stop_sequence", Slot.SEQUENCE)
            .object("usage", USAGE)
            .ignored("role")
            .unset("container", "context_management", "stop_details")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this answer is one; it is read then. */
    boolean fits(JsonAnswer answer) {
        return answer.fits(json)
                && !json.text(Slot.TYPE).equals("error")
                && json.text(Slot.BLOCK).equals("text")
                && !json.text(Slot.TEXT).isEmpty();
    }

    Completion completion() {
        String reason = json.string(Slot.REASON);
        return new Completion(
                json.text(Slot.ID),
                json.text(Slot.MODEL),
                new Completion.Output(json.text(Slot.TEXT), List.of(), null, null, beside()),
                new Completion.Finish(StopReasons.of(reason, false), reason),
                UsageReader.of(
                        json.count(Slot.INPUT),
                        json.count(Slot.OUTPUT),
                        json.count(Slot.WRITTEN),
                        json.count(Slot.READ),
                        json.count(Slot.THINKING)),
                null);
    }

    private Map<String, Object> beside() {
        Map<String, Object> beside = new LinkedHashMap<>();
        ChatJson.put(beside, "service_tier", json.plain(Slot.TIER));
        ChatJson.put(beside, "inference_geo", json.plain(Slot.REGION));
        ChatJson.put(beside, "stop_sequence", json.plain(Slot.SEQUENCE));
        return beside;
    }
}
