package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.completions.ChatErrors;
import io.aicore.llm.codec.completions.ChatUsage;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response that those of models without thoughts are: one message with one text. Everything else has a tree, above all
 * thoughts, which go back as they came.
 */
final class PlainResponse {

    private enum Slot {
        ID,
        MODEL,
        OBJECT,
        STATUS,
        TIER,
        ITEM,
        PHASE,
        TEXT,
        INPUT,
        OUTPUT,
        TOTAL,
        CACHED,
        WRITTEN,
        REASONING
    }

    private static final JsonShape PART = JsonShape.of()
            .text("text", Slot.TEXT)
            .empty("annotations", "logprobs")
            .ignored("type")
            .build();

    private static final JsonShape ITEM = JsonShape.of()
            .text("type", Slot.ITEM)
            .text("phase", Slot.PHASE)
            .one("content", PART)
            .ignored("id", "role", "status")
            .build();

    private static final JsonShape USAGE = JsonShape.of()
            .count("input_tokens", Slot.INPUT)
            .count("output_tokens", Slot.OUTPUT)
            .count("total_tokens", Slot.TOTAL)
            .object(
                    "input_tokens_details",
                    JsonShape.of()
                            .count("cached_tokens", Slot.CACHED)
                            .count("cache_write_tokens", Slot.WRITTEN)
                            .ignored("text_tokens", "audio_tokens", "image_tokens")
                            .build())
            .object(
                    "output_tokens_details",
                    JsonShape.of()
                            .count("reasoning_tokens", Slot.REASONING)
                            .ignored("text_tokens", "audio_tokens", "image_tokens")
                            .build())
            .build();

    private static final JsonShape SHAPE = JsonShape.of()
            .one(Output.FIELD, ITEM)
            .text("id", Slot.ID)
            .text("model", Slot.MODEL)
            .text("object", Slot.OBJECT)
            .text("status", Slot.STATUS)
            .plain("service_tier", Slot.TIER)
            .object("usage", USAGE)
            .unset("error", "incomplete_details", "moderation")
            // Most of them repeat the request.
            .skipped("tools", "tool_choice", "text", "reasoning", "metadata", "instructions", "prompt", "billing")
            .ignored("background", "completed_at", "created_at", "frequency_penalty", "max_output_tokens")
            .ignored("max_tool_calls", "parallel_tool_calls", "presence_penalty", "previous_response_id")
            .ignored("prompt_cache_key", "prompt_cache_retention", "safety_identifier", "store", "temperature")
            .ignored("top_logprobs", "top_p", "truncation", "user")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this answer is one; it is read then. */
    boolean fits(JsonAnswer answer) {
        return !ChatErrors.isAwaited(answer)
                && answer.fits(json)
                && json.text(Slot.OBJECT).equals(ResponseObject.OBJECT)
                && json.text(Slot.STATUS).equals(ResponseObject.COMPLETED)
                && json.text(Slot.ITEM).equals("message")
                && !json.text(Slot.PHASE).equals(Output.COMMENTARY)
                && !json.text(Slot.TEXT).isEmpty();
    }

    Completion completion() {
        Map<String, Object> extra = new LinkedHashMap<>();
        ChatJson.put(extra, "service_tier", json.plain(Slot.TIER));
        return new Completion(
                json.text(Slot.ID),
                json.text(Slot.MODEL),
                new Completion.Output(json.text(Slot.TEXT), List.of(), null, null, extra),
                new Completion.Finish(FinishReason.STOP, ResponseObject.COMPLETED),
                usage(),
                null);
    }

    private @Nullable Usage usage() {
        return json.count(Slot.INPUT) < 0 && json.count(Slot.OUTPUT) < 0
                ? null
                : ChatUsage.of(
                        json.countOrZero(Slot.INPUT),
                        json.countOrZero(Slot.OUTPUT),
                        json.count(Slot.TOTAL),
                        new Usage(
                                0,
                                0,
                                json.countOrZero(Slot.CACHED),
                                json.countOrZero(Slot.WRITTEN),
                                json.countOrZero(Slot.REASONING)));
    }
}
