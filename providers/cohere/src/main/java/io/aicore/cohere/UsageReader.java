package io.aicore.cohere;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the tokens of an answer. Counts everything the model read and wrote, including Cohere's own prompt, which fills
 * the context window. The billed units are used only without other counts.
 */
final class UsageReader {

    /** What is charged for. */
    static final String BILLED = "billed_units";

    private UsageReader() {}

    /** The usage; null if there is none. */
    static @Nullable Usage of(JsonNode usage) {
        JsonNode counts = usage.path("tokens").isObject() ? usage.path("tokens") : usage.path(BILLED);
        if (Json.whole(counts, "input_tokens") == null && Json.whole(counts, "output_tokens") == null) {
            return null;
        }
        return new Usage(
                Json.count(counts, "input_tokens"),
                Json.count(counts, "output_tokens"),
                Json.count(usage, "cached_tokens"),
                0,
                0);
    }
}
