package io.aicore.gemini;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import org.jspecify.annotations.Nullable;

/** Reads the tokens of an answer or of a stream's chunk. */
final class UsageReader {

    private UsageReader() {}

    /**
     * The usage so far; null without one, as on Vertex's chunks with a traffic type only. Missing counts are 0. The
     * prompt's count has the cached tokens in it, but not those of built-in tools; the candidates' count has no
     * thoughts.
     */
    static @Nullable Usage of(JsonFields tree) {
        JsonFields usage = tree.at("usageMetadata");
        if (usage.whole("promptTokenCount") == null && usage.whole("candidatesTokenCount") == null) {
            return null;
        }
        long thoughts = usage.count("thoughtsTokenCount");
        return new Usage(
                usage.count("promptTokenCount") + usage.count("toolUsePromptTokenCount"),
                usage.count("candidatesTokenCount") + thoughts,
                usage.count("cachedContentTokenCount"),
                0,
                thoughts);
    }
}
