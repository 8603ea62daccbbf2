package io.aicore.llm.chat;

import io.aicore.internal.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sampling parameters. Null keeps the provider's default.
 *
 * @param temperature 0 to 2
 * @param topP 0 to 1
 * @param maxTokens limit of the answer's tokens, reasoning included
 * @param stop stop sequences
 * @param seed seed for reproducible sampling, if the provider supports it
 */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxTokens,
        List<String> stop,
        @Nullable Long seed) {

    /** The provider's defaults. */
    public static final Sampling DEFAULT = new Sampling(null, null, null, List.of(), null);

    public Sampling {
        stop = List.copyOf(stop);
        Check.that(temperature == null || (temperature >= 0 && temperature <= 2), "temperature", temperature, "0 to 2");
        Check.that(topP == null || (topP >= 0 && topP <= 1), "topP", topP, "0 to 1");
        Check.that(maxTokens == null || maxTokens >= 1, "maxTokens", maxTokens, ">= 1");
    }

    /** Returns these values, with missing ones taken from the other. */
    public Sampling orElse(Sampling other) {
        return new Sampling(
                temperature != null ? temperature : other.temperature,
                topP != null ? topP : other.topP,
                maxTokens != null ? maxTokens : other.maxTokens,
                stop.isEmpty() ? other.stop : stop,
                seed != null ? seed : other.seed);
    }
}
