package io.aicore.mistral;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the tokens of an answer or of a stream's chunk. */
final class UsageReader {

    private UsageReader() {}

    /** The usage in this answer or chunk; null if it has none. */
    static @Nullable Usage of(JsonNode tree) {
        JsonNode usage = tree.path("usage");
        Long prompt = Json.whole(usage, "prompt_tokens");
        Long completion = Json.whole(usage, "completion_tokens");
        if (prompt == null && completion == null) {
            return null;
        }
        long cached = Math.max(
                count(Json.whole(usage, "prompt_tokens_details", "cached_tokens")),
                count(Json.whole(usage, "num_cached_tokens")));
        long reasoning = count(Json.whole(usage, "completion_tokens_details", "reasoning_tokens"));
        return new Usage(count(prompt), count(completion), cached, 0, reasoning);
    }

    private static long count(@Nullable Long value) {
        return value == null ? 0 : Math.max(0, value);
    }
}
