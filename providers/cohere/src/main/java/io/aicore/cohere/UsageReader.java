package io.aicore.cohere;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of an answer. Counts everything the model read and wrote, including Cohere's own prompt, which fills
 * the context window. The billed units are used only without other counts.
 */
final class UsageReader {

    /** What is charged for. */
    static final String BILLED = "billed_units";

    private UsageReader() {}

    /** The usage; null if there is none. */
    static @Nullable Usage of(JsonFields usage) {
        JsonFields counts = usage.at("tokens").isObject() ? usage.at("tokens") : usage.at(BILLED);
        if (counts.whole("input_tokens") == null && counts.whole("output_tokens") == null) {
            return null;
        }
        return new Usage(
                counts.count("input_tokens"), counts.count("output_tokens"), usage.count("cached_tokens"), 0, 0);
    }
}
