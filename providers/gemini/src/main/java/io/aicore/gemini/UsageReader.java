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
        return of(
                usage.count("promptTokenCount") + usage.count("toolUsePromptTokenCount"),
                usage.count("candidatesTokenCount"),
                usage.count("thoughtsTokenCount"),
                usage.count("cachedContentTokenCount"));
    }

    /** The usage of these counts. */
    static Usage of(long prompt, long candidates, long thoughts, long cached) {
        return new Usage(prompt, candidates + thoughts, cached, 0, thoughts);
    }
}
