package io.aicore.llm.chat;

import io.aicore.internal.Check;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Per-call overrides. Null keeps the provider's setting.
 *
 * @param retryChange maps the provider's retry settings to this call's
 * @param deadline limit of the whole call, waits included
 * @param timeouts timeouts of each attempt
 */
public record RequestOptions(
        @Nullable UnaryOperator<RetrySettings> retryChange,
        @Nullable Duration deadline,
        CallTimeouts timeouts) {

    /** No overrides, to start from, as in {@code NONE.idleTimeout(ofSeconds(5))}. */
    public static final RequestOptions NONE = new RequestOptions(null, null, CallTimeouts.NONE);

    public RequestOptions {
        Check.deadline(deadline);
    }

    /** Replaces all of the provider's retry settings. Without a deadline, the provider's applies. */
    public RequestOptions retrySettings(@Nullable RetrySettings settings) {
        return new RequestOptions(settings == null ? null : new Replacement(settings), deadline, timeouts);
    }

    /**
     * Edits the provider's retry settings, after earlier changes; other settings are kept.
     *
     * @param change a pure function; tried on the defaults immediately, and applied to the provider's settings in each
     *     call
     */
    public RequestOptions retrySettings(UnaryOperator<RetrySettings> change) {
        RetrySettings tried = change.apply(retrySettingsFrom(RetrySettings.defaults()));
        Objects.requireNonNull(tried, "retrySettings: null (expected: the changed settings)");
        UnaryOperator<RetrySettings> all = retryChange instanceof Replacement
                ? new Replacement(tried)
                : provider -> change.apply(retrySettingsFrom(provider));
        return new RequestOptions(all, deadline, timeouts);
    }

    /** The retry settings of this call, given the provider's. */
    public RetrySettings retrySettingsFrom(RetrySettings provider) {
        return retryChange == null ? provider : retryChange.apply(provider);
    }

    /** Overrides the deadline of the whole call. */
    public RequestOptions deadline(@Nullable Duration deadline) {
        return new RequestOptions(retryChange, deadline, timeouts);
    }

    /** Overrides the connect timeout. */
    public RequestOptions connectTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                limit, timeouts.firstToken(), timeouts.firstContent(), timeouts.idle(), timeouts.attempt()));
    }

    /** Overrides the timeout until the first byte of a stream's body, or the first byte of a plain response. */
    public RequestOptions firstTokenTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                timeouts.connect(), limit, timeouts.firstContent(), timeouts.idle(), timeouts.attempt()));
    }

    /** Overrides the timeout until the first content of a stream, regardless of other bytes. */
    public RequestOptions firstContentTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                timeouts.connect(), timeouts.firstToken(), limit, timeouts.idle(), timeouts.attempt()));
    }

    /** Overrides the longest silence within a stream. */
    public RequestOptions idleTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                timeouts.connect(), timeouts.firstToken(), timeouts.firstContent(), limit, timeouts.attempt()));
    }

    /** Overrides the timeout of one attempt of a plain completion. */
    public RequestOptions attemptTimeout(@Nullable Duration limit) {
        return timeouts(new CallTimeouts(
                timeouts.connect(), timeouts.firstToken(), timeouts.firstContent(), timeouts.idle(), limit));
    }

    /** Timeout until the connection is established; null for the provider's setting. */
    public @Nullable Duration connectTimeout() {
        return timeouts.connect();
    }

    /**
     * Timeout until the first byte of a stream's body, or the first byte of a plain response; null for the provider's
     * setting.
     */
    public @Nullable Duration firstTokenTimeout() {
        return timeouts.firstToken();
    }

    /** Timeout until the first content of a stream; null for the provider's setting. */
    public @Nullable Duration firstContentTimeout() {
        return timeouts.firstContent();
    }

    /** Longest silence within a stream; null for the provider's setting. */
    public @Nullable Duration idleTimeout() {
        return timeouts.idle();
    }

    /** Timeout of one attempt of a plain completion; null for the provider's setting. */
    public @Nullable Duration attemptTimeout() {
        return timeouts.attempt();
    }

    private RequestOptions timeouts(CallTimeouts timeouts) {
        return new RequestOptions(retryChange, deadline, timeouts);
    }

    /** Overrides that replace the provider's settings. */
    private record Replacement(RetrySettings settings) implements UnaryOperator<RetrySettings> {

        @Override
        public RetrySettings apply(RetrySettings provider) {
            return settings;
        }
    }
}
