package io.aicore.bedrock;

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
        TEXT,
        REASON,
        INPUT,
        OUTPUT,
        READ,
        WRITTEN,
        TIER,
        PERFORMANCE
    }

    private static final JsonShape USAGE = JsonShape.of()
            .count("inputTokens", Slot.INPUT)
            .count("outputTokens", Slot.OUTPUT)
            .count("cacheReadInputTokens", Slot.READ)
            .count("cacheWriteInputTokens", Slot.WRITTEN)
            .ignored("totalTokens", "cacheReadInputTokenCount", "cacheWriteInputTokenCount")
            .skipped("serverToolUsage", "cacheDetails")
            .build();

    private static final JsonShape MESSAGE = JsonShape.of()
            .one("content", JsonShape.of().text("text", Slot.TEXT).build())
            .ignored("role")
            .build();

    private static final JsonShape SHAPE = JsonShape.of()
            .object("output", JsonShape.of().object("message", MESSAGE).build())
            .text("stopReason", Slot.REASON)
            .object("usage", USAGE)
            .plain("serviceTier", Slot.TIER)
            .plain("performanceConfig", Slot.PERFORMANCE)
            .unset("trace", "additionalModelResponseFields")
            .skipped("metrics")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this answer is one; it is read then. */
    boolean fits(JsonAnswer answer) {
        return answer.fits(json) && !json.text(Slot.TEXT).isEmpty();
    }

    /** @param model that was asked, as answers name none */
    Completion completion(String model) {
        String reason = json.string(Slot.REASON);
        Map<String, Object> beside = new LinkedHashMap<>();
        ChatJson.put(beside, "serviceTier", json.plain(Slot.TIER));
        ChatJson.put(beside, "performanceConfig", json.plain(Slot.PERFORMANCE));
        return new Completion(
                "",
                model,
                new Completion.Output(json.text(Slot.TEXT), List.of(), null, null, beside),
                new Completion.Finish(CompletionDecoder.STOP_REASONS.of(reason, false), reason),
                UsageReader.of(
                        json.count(Slot.INPUT),
                        json.count(Slot.OUTPUT),
                        json.count(Slot.READ),
                        json.count(Slot.WRITTEN)),
                null);
    }
}
