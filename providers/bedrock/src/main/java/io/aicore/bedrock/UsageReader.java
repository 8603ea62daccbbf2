package io.aicore.bedrock;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import org.jspecify.annotations.Nullable;

/** The API counts cached tokens beside the input, {@link Usage} within it. */
final class UsageReader {

    private UsageReader() {}

    /** The usage; null if neither input nor output is counted. */
    static @Nullable Usage of(JsonFields usage) {
        return of(
                count(usage, "inputTokens"),
                count(usage, "outputTokens"),
                usage.count("cacheReadInputTokens"),
                usage.count("cacheWriteInputTokens"));
    }

    /** The usage of these counts, of which negative ones are unknown; null if neither input nor output is known. */
    static @Nullable Usage of(long input, long output, long read, long written) {
        if (input < 0 && output < 0) {
            return null;
        }
        long fromCache = Math.max(0, read);
        long intoCache = Math.max(0, written);
        return new Usage(Math.max(0, input) + fromCache + intoCache, Math.max(0, output), fromCache, intoCache, 0);
    }

    private static long count(JsonFields usage, String name) {
        return usage.whole(name) == null ? -1 : usage.count(name);
    }
}
