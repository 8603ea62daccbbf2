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

    /** Everything as the provider is set: where each override begins, as in {@code NONE.idleTimeout(ofSeconds(5))}. */
    public static final CallOverrides NONE = new CallOverrides(null, null, null, null, null, null);

    public CallOverrides {
        positive("deadline", deadline);
        positive("connectTimeout", connectTimeout);
        positive("firstTokenTimeout", firstTokenTimeout);
        positive("idleTimeout", idleTimeout);
        positive("attemptTimeout", attemptTimeout);
    }

    /** Retry settings in place of the provider's. */
    public CallOverrides retrySettings(@Nullable RetrySettings retrySettings) {
        return new CallOverrides(
                retrySettings, deadline, connectTimeout, firstTokenTimeout, idleTimeout, attemptTimeout);
    }

    /** A deadline for the whole call. */
    public CallOverrides deadline(@Nullable Duration deadline) {
        return new CallOverrides(
                retrySettings, deadline, connectTimeout, firstTokenTimeout, idleTimeout, attemptTimeout);
    }

    /** A limit until the connection stands. */
    public CallOverrides connectTimeout(@Nullable Duration connectTimeout) {
        return new CallOverrides(
                retrySettings, deadline, connectTimeout, firstTokenTimeout, idleTimeout, attemptTimeout);
    }

    /** A limit until the first token of a stream, or the first byte of a plain answer. */
    public CallOverrides firstTokenTimeout(@Nullable Duration firstTokenTimeout) {
        return new CallOverrides(
                retrySettings, deadline, connectTimeout, firstTokenTimeout, idleTimeout, attemptTimeout);
    }

    /** A limit for silence within a stream. */
    public CallOverrides idleTimeout(@Nullable Duration idleTimeout) {
        return new CallOverrides(
                retrySettings, deadline, connectTimeout, firstTokenTimeout, idleTimeout, attemptTimeout);
    }

    /** A limit for one attempt of a plain completion. */
    public CallOverrides attemptTimeout(@Nullable Duration attemptTimeout) {
        return new CallOverrides(
                retrySettings, deadline, connectTimeout, firstTokenTimeout, idleTimeout, attemptTimeout);
    }

    private static void positive(String name, @Nullable Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
