package io.aicore.llm.chat;

import io.aicore.retry.RetrySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call does differently from its provider's settings. Null means: as the provider is set.
 *
 * @param retrySettings replaces the provider's retry settings as a whole
 * @param deadline bounds the whole call, waits included
 * @param connectTimeout until the connection stands
 * @param firstTokenTimeout until the first token of a stream, or the first byte of a plain answer
 * @param idleTimeout the longest silence within a stream
 * @param attemptTimeout one attempt of a plain completion
 */
public record CallOverrides(
        @Nullable RetrySettings retrySettings,
        @Nullable Duration deadline,
        @Nullable Duration connectTimeout,
        @Nullable Duration firstTokenTimeout,
        @Nullable Duration idleTimeout,
        @Nullable Duration attemptTimeout) {

    /** Everything as the provider is set. */
    public static final CallOverrides NONE = new CallOverrides(null, null, null, null, null, null);

    public CallOverrides {
        positive("deadline", deadline);
        positive("connectTimeout", connectTimeout);
        positive("firstTokenTimeout", firstTokenTimeout);
        positive("idleTimeout", idleTimeout);
        positive("attemptTimeout", attemptTimeout);
    }

    private static void positive(String name, @Nullable Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
