package io.aicore.llm.chat;

import io.aicore.retry.RetrySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call does differently from its provider's settings. Null means: as the provider is set.
 *
 * @param retrySettings replaces the provider's retry settings as a whole
 * @param deadline bounds the whole call, waits included
 * @param timeouts of each attempt
 */
public record CallOverrides(
        @Nullable RetrySettings retrySettings, @Nullable Duration deadline, CallTimeouts timeouts) {

    /** Everything as the provider is set: where each override begins, as in {@code NONE.idleTimeout(ofSeconds(5))}. */
    public static final CallOverrides NONE = new CallOverrides(null, null, CallTimeouts.NONE);

    public CallOverrides {
        positive("deadline", deadline);
    }

    /** Retry settings in place of the provider's. */
    public CallOverrides retrySettings(@Nullable RetrySettings retrySettings) {
        return new CallOverrides(retrySettings, deadline, timeouts);
    }

    /** A deadline for the whole call. */
    public CallOverrides deadline(@Nullable Duration deadline) {
        return new CallOverrides(retrySettings, deadline, timeouts);
    }

    /** A limit until the connection stands. */
    public CallOverrides connectTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                limit, timeouts.firstToken(), timeouts.firstContent(), timeouts.idle(), timeouts.attempt()));
    }

    /** A limit until the first sign of life of a stream (any byte of its body), or the first byte of a plain answer. */
    public CallOverrides firstTokenTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                timeouts.connect(), limit, timeouts.firstContent(), timeouts.idle(), timeouts.attempt()));
    }

    /** A limit until the first content of a stream, however much life it shows. */
    public CallOverrides firstContentTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                timeouts.connect(), timeouts.firstToken(), limit, timeouts.idle(), timeouts.attempt()));
    }

    /** A limit for silence within a stream. */
    public CallOverrides idleTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                timeouts.connect(), timeouts.firstToken(), timeouts.firstContent(), limit, timeouts.attempt()));
    }

    /** A limit for one attempt of a plain completion. */
    public CallOverrides attemptTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                timeouts.connect(), timeouts.firstToken(), timeouts.firstContent(), timeouts.idle(), limit));
    }

    /** Until the connection stands; null as the provider is set. */
    public @Nullable Duration connectTimeout() {
        return timeouts.connect();
    }

    /** Until the first sign of life of a stream, or the first byte of a plain answer; null as the provider is set. */
    public @Nullable Duration firstTokenTimeout() {
        return timeouts.firstToken();
    }

    /** Until the first content of a stream; null as the provider is set. */
    public @Nullable Duration firstContentTimeout() {
        return timeouts.firstContent();
    }

    /** The longest silence within a stream; null as the provider is set. */
    public @Nullable Duration idleTimeout() {
        return timeouts.idle();
    }

    /** One attempt of a plain completion; null as the provider is set. */
    public @Nullable Duration attemptTimeout() {
        return timeouts.attempt();
    }

    private CallOverrides timeouts(CallTimeouts timeouts) {
        return new CallOverrides(retrySettings, deadline, timeouts);
    }

    static void positive(String name, @Nullable Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
