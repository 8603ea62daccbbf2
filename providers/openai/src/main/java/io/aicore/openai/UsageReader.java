package io.aicore.openai;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the tokens of an answer or of a stream's chunk. */
final class UsageReader {

    private UsageReader() {}

    /** The usage in this answer or chunk; null if it has none. Groq repeats it under {@code x_groq}. */
    static @Nullable Usage of(JsonNode tree) {
        JsonNode usage = tree.path("usage").isObject() ? tree.path("usage") : Json.at(tree, "x_groq", "usage");
        Long prompt = Json.whole(usage, "prompt_tokens");
        Long completion = Json.whole(usage, "completion_tokens");
        if (prompt == null && completion == null) {
            return null;
        }
        long input = count(prompt);
        long output = count(completion);
        long reasoning = count(Json.whole(usage, "completion_tokens_details", "reasoning_tokens"));
        long cached = cached(usage);
        long cacheWrite = count(Json.whole(usage, "prompt_tokens_details", "cache_write_tokens"));
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

    private static long cached(JsonNode usage) {
        long details = count(Json.whole(usage, "prompt_tokens_details", "cached_tokens"));
        // DeepSeek's own field, and Moonshot's.
        long hit = count(Json.whole(usage, "prompt_cache_hit_tokens"));
        long flat = count(Json.whole(usage, "cached_tokens"));
        return Math.max(details, Math.max(hit, flat));
    }

    private static long count(@Nullable Long value) {
        return value == null ? 0 : Math.max(0, value);
    }
}
