package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.error.ErrorCategory;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hosts' values of finish reasons. */
final class FinishWords {

    private static final Map<String, FinishReason> REASONS = Map.ofEntries(
            Map.entry("stop", FinishReason.STOP),
            // Together, Hugging Face's servers, watsonx, Cerebras, Replicate and gateways before Anthropic, Cohere and
            // Gemini.
            Map.entry("eos", FinishReason.STOP),
            Map.entry("eos_token", FinishReason.STOP),
            Map.entry("end", FinishReason.STOP),
            Map.entry("end_turn", FinishReason.STOP),
            Map.entry("complete", FinishReason.STOP),
            Map.entry("completed", FinishReason.STOP),
            Map.entry("done", FinishReason.STOP),
            Map.entry("max_length", FinishReason.LENGTH),
            Map.entry("max_output_tokens", FinishReason.LENGTH),
            Map.entry("tool_call", FinishReason.TOOL_CALLS),
            Map.entry("tool_use", FinishReason.TOOL_CALLS),
            Map.entry("safety", FinishReason.CONTENT_FILTER),
            Map.entry("content_filtered", FinishReason.CONTENT_FILTER),
            Map.entry("guardrail_intervened", FinishReason.CONTENT_FILTER),
            Map.entry("stop_sequence", FinishReason.STOP_SEQUENCE),
            Map.entry("length", FinishReason.LENGTH),
            Map.entry("max_tokens", FinishReason.LENGTH),
            Map.entry("model_length", FinishReason.LENGTH),
            Map.entry("model_context_window_exceeded", FinishReason.CONTEXT_WINDOW),
            Map.entry("tool_calls", FinishReason.TOOL_CALLS),
            Map.entry("function_call", FinishReason.TOOL_CALLS),
            Map.entry("content_filter", FinishReason.CONTENT_FILTER),
            Map.entry("sensitive", FinishReason.CONTENT_FILTER),
            Map.entry("refusal", FinishReason.REFUSAL),
            Map.entry("cancelled", FinishReason.CANCELLED));

    // OpenRouter and Mistral, Z.ai, vLLM; DeepSeek's is a lack of capacity by name.
    private static final Map<String, ErrorCategory> FAILURES = Map.of(
            "error", ErrorCategory.SERVER_ERROR,
            "network_error", ErrorCategory.SERVER_ERROR,
            "abort", ErrorCategory.SERVER_ERROR,
            "insufficient_system_resource", ErrorCategory.OVERLOADED);

    private FinishWords() {}

    /** The category if this value means a failure of the provider; otherwise null. */
    static @Nullable ErrorCategory failure(@Nullable String word) {
        return word == null ? null : FAILURES.get(word.toLowerCase(Locale.ROOT));
    }

    static FinishReason of(String word) {
        return REASONS.getOrDefault(word.toLowerCase(Locale.ROOT), FinishReason.UNKNOWN);
    }

    /**
     * Maps this value for an answer with this content. Some hosts send {@code stop} with tool calls, and all send it
     * with a refusal: the content takes precedence.
     */
    static FinishReason of(ChatDialect dialect, @Nullable String word, boolean toolCalls, boolean refusal) {
        String said = word == null ? "" : word;
        FinishReason reason = said.isEmpty() ? FinishReason.UNKNOWN : dialect.finish(said);
        boolean plain = said.isEmpty() || reason == FinishReason.STOP;
        if (plain && toolCalls) {
            return FinishReason.TOOL_CALLS;
        }
        return plain && refusal ? FinishReason.REFUSAL : reason;
    }
}
