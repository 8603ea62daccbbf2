package io.aicore.bedrock;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import org.jspecify.annotations.Nullable;

/** The API counts cached tokens beside the input, {@link Usage} within it. */
final class UsageReader {

    private UsageReader() {}

    /** The usage; null if neither input nor output is counted. */
    static @Nullable Usage of(JsonFields usage) {
        if (usage.whole("inputTokens") == null && usage.whole("outputTokens") == null) {
            return null;
        }
        long read = usage.count("cacheReadInputTokens");
        long written = usage.count("cacheWriteInputTokens");
        long input = usage.count("inputTokens") + read + written;
        return new Usage(input, usage.count("outputTokens"), read, written, 0);
    }
}
