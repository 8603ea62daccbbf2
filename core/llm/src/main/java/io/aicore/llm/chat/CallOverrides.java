package io.aicore.llm.chat;

import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one call does differently from its provider's settings. Null means: as the provider is set.
 *
 * @param retryChange makes this call's retry settings of the provider's
 * @param deadline bounds the whole call, waits included
 * @param timeouts of each attempt
 */
public record CallOverrides(
        @Nullable UnaryOperator<RetrySettings> retryChange,
        @Nullable Duration deadline,
        CallTimeouts timeouts) {

    /** Everything as the provider is set: where each override begins, as in {@code NONE.idleTimeout(ofSeconds(5))}. */
    public static final CallOverrides NONE = new CallOverrides(null, null, CallTimeouts.NONE);

    public CallOverrides {
        positive("deadline", deadline);
    }

    /** Retry settings in place of the provider's, all of them. Without a deadline of their own the provider's counts. */
    public CallOverrides retrySettings(@Nullable RetrySettings settings) {
        return new CallOverrides(settings == null ? null : new Replacement(settings), deadline, timeouts);
    }

    /**
     * The provider's retry settings with this change, after those changes that were made before: what it does not name stays
     * as the provider is set.
     *
     * @param change a pure function; it is tried on the defaults now, and applied to the provider's settings in each call
     */
    public CallOverrides retrySettings(UnaryOperator<RetrySettings> change) {
        RetrySettings tried = change.apply(retrySettingsFrom(RetrySettings.defaults()));
        Objects.requireNonNull(tried, "retrySettings: null (expected: the changed settings)");
        UnaryOperator<RetrySettings> all = retryChange instanceof Replacement
                ? new Replacement(tried)
                : provider -> change.apply(retrySettingsFrom(provider));
        return new CallOverrides(all, deadline, timeouts);
    }

    /** What the provider's retry settings become in this call. */
    public RetrySettings retrySettingsFrom(RetrySettings provider) {
        return retryChange == null ? provider : retryChange.apply(provider);
    }

    /** A deadline for the whole call. */
    public CallOverrides deadline(@Nullable Duration deadline) {
        return new CallOverrides(retryChange, deadline, timeouts);
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
        return new CallOverrides(retryChange, deadline, timeouts);
    }

    /** These settings, whatever the provider's are. */
    private record Replacement(RetrySettings settings) implements UnaryOperator<RetrySettings> {

        @Override
        public RetrySettings apply(RetrySettings provider) {
            return settings;
        }
    }

    static void positive(String name, @Nullable Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
