package io.aicore.bedrock;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The API counts cached tokens beside the input, {@link Usage} within it. */
final class UsageReader {

    private UsageReader() {}

    /** The usage; null if neither input nor output is counted. */
    static @Nullable Usage of(JsonNode usage) {
        if (Json.whole(usage, "inputTokens") == null && Json.whole(usage, "outputTokens") == null) {
            return null;
        }
        long read = count(usage, "cacheReadInputTokens");
        long written = count(usage, "cacheWriteInputTokens");
        return new Usage(count(usage, "inputTokens") + read + written, count(usage, "outputTokens"), read, written, 0);
    }

    private static long count(JsonNode usage, String name) {
        Long count = Json.whole(usage, name);
        return count == null ? 0 : Math.max(0, count);
    }
}
