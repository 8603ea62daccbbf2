package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the usage of an answer or of a stream's chunk. */
public final class ChatUsage {

    private ChatUsage() {}

    /**
     * The usage in this answer or chunk; null without one. Groq repeats it under {@code x_groq}; the Responses API
     * names it input and output instead of prompt and completion.
     */
    public static @Nullable Usage of(JsonNode tree) {
        JsonNode usage = tree.path("usage").isObject() ? tree.path("usage") : Json.at(tree, "x_groq", "usage");
        Long prompt = either(usage, "prompt_tokens", "input_tokens");
        Long completion = either(usage, "completion_tokens", "output_tokens");
        if (prompt == null && completion == null) {
            return null;
        }
        JsonNode ofInput = details(usage, "prompt_tokens_details", "input_tokens_details");
        JsonNode ofOutput = details(usage, "completion_tokens_details", "output_tokens_details");
        long input = count(prompt);
        long output = count(completion);
        long reasoning = Json.count(ofOutput, "reasoning_tokens");
        long cached = cached(usage, ofInput);
        long cacheWrite = Json.count(ofInput, "cache_write_tokens");
        Long total = Json.whole(usage, "total_tokens");
        // xAI counts reasoning beside the completion, everybody else within it: the total tells which.
        if (reasoning > output || (total != null && reasoning > 0 && total == input + output + reasoning)) {
            output += reasoning;
        }
        // Grok on Azure reports more cached tokens than prompt tokens: then they stand beside each other.
        if (cached > input) {
            input += cached;
        }
        return new Usage(input, output, cached, cacheWrite, reasoning);
    }

    /** In the usual field, or in those of DeepSeek, Moonshot and Mistral. */
    private static long cached(JsonNode usage, JsonNode ofInput) {
        return LongStream.of(
                        Json.count(ofInput, "cached_tokens"),
                        Json.count(usage, "prompt_cache_hit_tokens"),
                        Json.count(usage, "cached_tokens"),
                        Json.count(usage, "num_cached_tokens"))
                .max()
                .orElse(0);
    }

    private static @Nullable Long either(JsonNode usage, String name, String other) {
        Long value = Json.whole(usage, name);
        return value == null ? Json.whole(usage, other) : value;
    }

    private static JsonNode details(JsonNode usage, String name, String other) {
        return usage.path(name).isObject() ? usage.path(name) : usage.path(other);
    }

    private static long count(@Nullable Long value) {
        return value == null ? 0 : Math.max(0, value);
    }
}
