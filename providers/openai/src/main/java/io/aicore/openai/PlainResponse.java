package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.completions.ChatErrors;
import io.aicore.llm.codec.completions.ChatUsage;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole response: of its fields most repeat the request, and are passed over. A model without thoughts answers with one
 * message of one text; any other output has a tree, above all thoughts, which go back as they came.
 */
final class PlainResponse {

    private enum Slot {
        ID,
        MODEL,
        OBJECT,
        STATUS,
        TIER,
        ITEM,
        ITEMS,
        STORED,
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

    private static final JsonShape TEXT = shape(JsonShape.of().one(Output.FIELD, ITEM));
    private static final JsonShape ITEMS = shape(JsonShape.of().tree(Output.FIELD, Slot.ITEMS));

    private final ShapedJson json;

    private PlainResponse(JsonShape shape) {
        this.json = new ShapedJson(shape);
    }

    /** Reads those with one text. */
    static PlainResponse ofText() {
        return new PlainResponse(TEXT);
    }

    /** Reads those with any output. */
    static PlainResponse ofItems() {
        return new PlainResponse(ITEMS);
    }

    private static JsonShape shape(JsonShape.Builder output) {
        return output.text("id", Slot.ID)
                .text("model", Slot.MODEL)
                .text("object", Slot.OBJECT)
                .text("status", Slot.STATUS)
                .plain("service_tier", Slot.TIER)
                .plain("store", Slot.STORED)
                .object("usage", USAGE)
                .unset("error", "incomplete_details", "moderation")
                // Most of them repeat the request.
                .skipped("tools", "tool_choice", "text", "reasoning", "metadata", "instructions", "prompt", "billing")
                .ignored("background", "completed_at", "created_at", "frequency_penalty", "max_output_tokens")
                .ignored("max_tool_calls", "parallel_tool_calls", "presence_penalty", "previous_response_id")
                .ignored("prompt_cache_key", "prompt_cache_retention", "safety_identifier", "temperature")
                .ignored("top_logprobs", "top_p", "truncation", "user")
                .build();
    }

    /** Whether this answer is one; it is read then. */
    boolean fits(JsonAnswer answer) {
        return !ChatErrors.isAwaited(answer)
                && answer.fits(json)
                && json.text(Slot.OBJECT).equals(ResponseObject.OBJECT)
                && json.text(Slot.STATUS).equals(ResponseObject.COMPLETED)
                && (hasText() || items().isContainer());
    }

    private boolean hasText() {
        return json.text(Slot.ITEM).equals("message")
                && !json.text(Slot.PHASE).equals(Output.COMMENTARY)
                && !json.text(Slot.TEXT).isEmpty();
    }

    /** The output items; a missing node where there is one text. */
    JsonFields items() {
        return json.tree(Slot.ITEMS);
    }

    /** Whether the provider keeps it, so that items may be named by their id alone. */
    boolean stored() {
        Object stored = json.plain(Slot.STORED);
        return Boolean.TRUE.equals(stored) || "true".equals(stored);
    }

    Completion completion() {
        Completion.Output text = new Completion.Output(json.text(Slot.TEXT), List.of(), null, null, beside());
        return completion(text, FinishReason.STOP);
    }

    Completion completion(Completion.Output output, FinishReason finish) {
        return new Completion(
                json.text(Slot.ID),
                json.text(Slot.MODEL),
                output,
                new Completion.Finish(finish, ResponseObject.COMPLETED),
                usage(),
                null);
    }

    /** What the response says beside its output. */
    Map<String, Object> beside() {
        Map<String, Object> beside = new LinkedHashMap<>();
        ChatJson.put(beside, "service_tier", json.plain(Slot.TIER));
        return beside;
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
