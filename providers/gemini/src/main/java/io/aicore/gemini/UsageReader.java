package io.aicore.gemini;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the tokens of an answer or of a stream's chunk. */
final class UsageReader {

    private UsageReader() {}

    /**
     * The usage so far; null without one, as on Vertex's chunks with a traffic type only. Missing counts are 0. The
     * prompt's count has the cached tokens in it, but not those of built-in tools; the candidates' count has no
     * thoughts.
     */
    static @Nullable Usage of(JsonNode tree) {
        JsonNode usage = tree.path("usageMetadata");
        if (Json.whole(usage, "promptTokenCount") == null && Json.whole(usage, "candidatesTokenCount") == null) {
            return null;
        }
        long thoughts = Json.count(usage, "thoughtsTokenCount");
        return new Usage(
                Json.count(usage, "promptTokenCount") + Json.count(usage, "toolUsePromptTokenCount"),
                Json.count(usage, "candidatesTokenCount") + thoughts,
                Json.count(usage, "cachedContentTokenCount"),
                0,
                thoughts);
    }
}
