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
        long read = Json.count(usage, "cacheReadInputTokens");
        long written = Json.count(usage, "cacheWriteInputTokens");
        long input = Json.count(usage, "inputTokens") + read + written;
        return new Usage(input, Json.count(usage, "outputTokens"), read, written, 0);
    }
}
