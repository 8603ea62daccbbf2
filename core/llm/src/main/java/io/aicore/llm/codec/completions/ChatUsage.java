package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Reads the usage of an answer or of a stream's chunk. */
public final class ChatUsage {

    private static final long UNKNOWN = -1;

    private ChatUsage() {}

    /**
     * The usage in this answer or chunk; null without one. Groq repeats it under {@code x_groq}; the Responses API
     * names it input and output instead of prompt and completion.
     */
    public static @Nullable Usage of(JsonFields tree) {
        JsonFields usage = tree.at("usage").isObject() ? tree.at("usage") : tree.at("x_groq", "usage");
        if (!usage.isObject()) {
            return null;
        }
        Long prompt = either(usage, "prompt_tokens", "input_tokens");
        Long completion = either(usage, "completion_tokens", "output_tokens");
        if (prompt == null && completion == null) {
            return null;
        }
        JsonFields ofInput = details(usage, "prompt_tokens_details", "input_tokens_details");
        JsonFields ofOutput = details(usage, "completion_tokens_details", "output_tokens_details");
        Long total = usage.whole("total_tokens");
        Usage beside = new Usage(
                0, 0, cached(usage, ofInput), ofInput.count("cache_write_tokens"), ofOutput.count("reasoning_tokens"));
        return of(count(prompt), count(completion), total == null ? UNKNOWN : total, beside);
    }

    /**
     * The usage of these counts.
     *
     * @param total as the host has added them up; negative if it has not
     * @param beside the cached, written and reasoning tokens that it names
     */
    public static Usage of(long prompt, long completion, long total, Usage beside) {
        long input = prompt;
        long output = completion;
        long reasoning = beside.reasoningTokens();
        // xAI counts reasoning beside the completion, everybody else within it: the total tells which.
        if (reasoning > output || (reasoning > 0 && total == input + output + reasoning)) {
            output += reasoning;
        }
        // Grok on Azure reports more cached tokens than prompt tokens: then they stand beside each other.
        if (beside.cachedTokens() > input) {
            input += beside.cachedTokens();
        }
        return new Usage(input, output, beside.cachedTokens(), beside.cacheWriteTokens(), reasoning);
    }

    /** In the usual field, or in those of DeepSeek, Moonshot and Mistral. */
    private static long cached(JsonFields usage, JsonFields ofInput) {
        return LongStream.of(
                        ofInput.count("cached_tokens"),
                        usage.count("prompt_cache_hit_tokens"),
                        usage.count("cached_tokens"),
                        usage.count("num_cached_tokens"))
                .max()
                .orElse(0);
    }

    private static @Nullable Long either(JsonFields usage, String name, String other) {
        Long value = usage.whole(name);
        return value == null ? usage.whole(other) : value;
    }

    private static JsonFields details(JsonFields usage, String name, String other) {
        return usage.at(name).isObject() ? usage.at(name) : usage.at(other);
    }

    private static long count(@Nullable Long value) {
        return value == null ? 0 : Math.max(0, value);
    }
}
