package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;
import org.jspecify.annotations.Nullable;

/**
 * The answer, or a stream's chunk, that nearly all are: one choice with no more than texts. Everything else (tool calls,
 * errors, several choices, parts, fields that no host is known to send with them) has a tree.
 */
final class PlainJson {

    private enum Slot {
        ID,
        OBJECT,
        MODEL,
        TIER,
        FINISH,
        CONTENT,
        REASONING_CONTENT,
        REASONING,
        REFUSAL,
        PROMPT,
        COMPLETION,
        TOTAL,
        CACHED,
        CACHE_WRITE,
        REASONING_TOKENS
    }

    private static final JsonShape USAGE = JsonShape.of()
            .count("prompt_tokens", Slot.PROMPT)
            .count("completion_tokens", Slot.COMPLETION)
            .count("total_tokens", Slot.TOTAL)
            .object(
                    "prompt_tokens_details",
                    JsonShape.of()
                            .count("cached_tokens", Slot.CACHED)
                            .count("cache_write_tokens", Slot.CACHE_WRITE)
                            .ignored("audio_tokens", "text_tokens", "image_tokens", "video_tokens")
                            .build())
            .object(
                    "completion_tokens_details",
                    JsonShape.of()
                            .count("reasoning_tokens", Slot.REASONING_TOKENS)
                            .ignored("audio_tokens", "text_tokens", "image_tokens")
                            .ignored("accepted_prediction_tokens", "rejected_prediction_tokens")
                            .build())
            .ignored("prompt_time", "completion_time", "queue_time", "total_time", "cost")
            .build();

    private static final JsonShape ANSWER = shape("message");
    private static final JsonShape CHUNK = shape("delta");

    private final ShapedJson json;

    private PlainJson(JsonShape shape) {
        this.json = new ShapedJson(shape);
    }

    static PlainJson ofAnswer() {
        return new PlainJson(ANSWER);
    }

    static PlainJson ofChunks() {
        return new PlainJson(CHUNK);
    }

    private static JsonShape shape(String message) {
        JsonShape words = JsonShape.of()
                .text("content", Slot.CONTENT)
                .text("reasoning_content", Slot.REASONING_CONTENT)
                .text("reasoning", Slot.REASONING)
                .text("refusal", Slot.REFUSAL)
                .ignored("role")
                .empty("tool_calls", "function_call", "reasoning_details", "annotations", "citations")
                .empty("images", "audio", "executed_tools", "context")
                .build();
        JsonShape choice = JsonShape.of()
                .object(message, words)
                .text("finish_reason", Slot.FINISH)
                .zero("index")
                .ignored("native_finish_reason", "stop_reason", "matched_stop", "seed")
                .empty("logprobs", "content_filter_results", "token_ids")
                .build();
        return JsonShape.of()
                .one("choices", choice)
                .text("id", Slot.ID)
                .text("model", Slot.MODEL)
                .text("object", Slot.OBJECT)
                .text(CommonFields.TIER, Slot.TIER)
                .object("usage", USAGE)
                .object("x_groq", JsonShape.of().ignored("id").build())
                .ignored("created", "system_fingerprint", "obfuscation", "provider")
                .empty("error", "citations", "search_results", "images", "videos", "related_questions")
                .empty("moderation", "prompt_filter_results", "prompt_logprobs", "prompt_token_ids")
                .empty("kv_transfer_params")
                .build();
    }

    /** Whether this answer is one; it is read then. */
    boolean fits(JsonAnswer answer) {
        return answer.fits(json) && !saysError();
    }

    /** Whether this event is one; it is read then. */
    boolean fits(WireEvent event) {
        return event.fits(json) && !saysError();
    }

    private boolean saysError() {
        return "error".equalsIgnoreCase(json.string(Slot.OBJECT));
    }

    String id() {
        return json.text(Slot.ID);
    }

    String model() {
        return json.text(Slot.MODEL);
    }

    String content() {
        return json.text(Slot.CONTENT);
    }

    @Nullable
    String tier() {
        return json.string(Slot.TIER);
    }

    @Nullable
    String finishReason() {
        return json.string(Slot.FINISH);
    }

    Words words() {
        String content = json.text(Slot.REASONING_CONTENT);
        return new Words(content(), content.isEmpty() ? json.text(Slot.REASONING) : content, json.text(Slot.REFUSAL));
    }

    /** Null without one. */
    @Nullable
    Usage usage() {
        long prompt = json.count(Slot.PROMPT);
        long completion = json.count(Slot.COMPLETION);
        return prompt < 0 && completion < 0
                ? null
                : ChatUsage.of(
                        json.countOrZero(Slot.PROMPT),
                        json.countOrZero(Slot.COMPLETION),
                        json.count(Slot.TOTAL),
                        new Usage(
                                0,
                                0,
                                json.countOrZero(Slot.CACHED),
                                json.countOrZero(Slot.CACHE_WRITE),
                                json.countOrZero(Slot.REASONING_TOKENS)));
    }
}
