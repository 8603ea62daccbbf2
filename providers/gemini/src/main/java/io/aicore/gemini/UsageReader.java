package io.aicore.gemini;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the tokens of an answer or of a stream's chunk. */
final class UsageReader {

    private UsageReader() {}

    /**
     * The usage so far; null if none is told, as on Vertex's chunks that name a traffic type alone. What is absent is 0. The
     * prompt's count has the cached tokens in it, but not those of built-in tools; the candidates' count has no thoughts.
     */
    static @Nullable Usage of(JsonNode tree) {
        JsonNode usage = tree.path("usageMetadata");
        Long prompt = Json.whole(usage, "promptTokenCount");
        Long candidates = Json.whole(usage, "candidatesTokenCount");
        if (prompt == null && candidates == null) {
            return null;
        }
        long thoughts = count(Json.whole(usage, "thoughtsTokenCount"));
        return new Usage(
                count(prompt) + count(Json.whole(usage, "toolUsePromptTokenCount")),
                count(candidates) + thoughts,
                count(Json.whole(usage, "cachedContentTokenCount")),
                0,
                thoughts);
    }

    private static long count(@Nullable Long value) {
        return value == null ? 0 : Math.max(0, value);
    }
}
