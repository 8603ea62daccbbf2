package io.aicore.retry;

import io.aicore.internal.Check;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Number of retries, delays and deadline of a call. Immutable and validated on creation.
 *
 * <p>{@link #defaults()}: 3 retries (at most four attempts), nominal delays of 1 s, 2 s, 4 s with 25 % jitter either
 * way, no deadline, server-requested delays of up to 60 s.
 *
 * @param maxRetries retries after the first attempt; 0 for a single attempt
 * @param backoff delays between the attempts; never shortens a delay that the server requested
 * @param deadline limit of the whole call, attempts and waits together; null for none
 * @param maxServerDelay longest server-requested delay that is accepted; a longer one fails the call at once
 */
public record RetrySettings(
        int maxRetries, Backoff backoff, @Nullable Duration deadline, Duration maxServerDelay) {

    static final int MOST_RETRIES = 1_000_000;

    private static final RetrySettings DEFAULTS = new RetrySettings(
            3,
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), 2.0, Jitter.proportional(0.25)),
            null,
            Duration.ofSeconds(60));

    public RetrySettings {
        Check.that(maxRetries >= 0, "maxRetries", maxRetries, ">= 0");
        Check.that(maxRetries <= MOST_RETRIES, "maxRetries", maxRetries, "<= " + MOST_RETRIES);
        Check.span(maxServerDelay, "maxServerDelay");
        Check.deadline(deadline);
    }

    /**
     * 3 retries, 1 s doubling to at most 10 s, proportional jitter 0.25, no deadline, server-requested delays up to 60
     * s.
     */
    public static RetrySettings defaults() {
        return DEFAULTS;
    }

    /**
     * {@link #defaults()} overridden by the process environment.
     *
     * @see #fromEnvironment(Map, RetrySettings)
     */
    public static RetrySettings fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * {@link #defaults()} overridden by these environment variables.
     *
     * @see #fromEnvironment(Map, RetrySettings)
     */
    public static RetrySettings fromEnvironment(Map<String, String> environment) {
        return fromEnvironment(environment, DEFAULTS);
    }

    /**
     * The given settings, overridden by these environment variables: {@code LLM_MAX_RETRIES},
     * {@code LLM_RETRY_INITIAL_DELAY}, {@code LLM_RETRY_MAX_DELAY}, {@code LLM_RETRY_BACKOFF_FACTOR}. Durations are
     * seconds, decimals allowed; a blank variable counts as absent.
     *
     * @throws IllegalArgumentException if a value is invalid; the message has the variable, its value and what is
     *     expected
     */
    public static RetrySettings fromEnvironment(Map<String, String> environment, RetrySettings defaults) {
        return new RetryEnvironment(environment).read(defaults);
    }

    /** Nominal delay before the first retry. */
    public Duration initialDelay() {
        return backoff.initialDelay();
    }

    /** Cap of the nominal delay. */
    public Duration maxDelay() {
        return backoff.maxDelay();
    }

    /** Growth of the nominal delay, at least 1. */
    public double backoffFactor() {
        return backoff.factor();
    }

    /** Random spread of the delays. */
    public Jitter jitter() {
        return backoff.jitter();
    }

    public RetrySettings maxRetries(int maxRetries) {
        return new RetrySettings(maxRetries, backoff, deadline, maxServerDelay);
    }

    public RetrySettings backoff(Backoff backoff) {
        return new RetrySettings(maxRetries, backoff, deadline, maxServerDelay);
    }

    public RetrySettings initialDelay(Duration initialDelay) {
        return backoff(new Backoff(initialDelay, maxDelay(), backoffFactor(), jitter()));
    }

    public RetrySettings maxDelay(Duration maxDelay) {
        return backoff(new Backoff(initialDelay(), maxDelay, backoffFactor(), jitter()));
    }

    public RetrySettings backoffFactor(double backoffFactor) {
        return backoff(new Backoff(initialDelay(), maxDelay(), backoffFactor, jitter()));
    }

    public RetrySettings jitter(Jitter jitter) {
        return backoff(new Backoff(initialDelay(), maxDelay(), backoffFactor(), jitter));
    }

    public RetrySettings deadline(@Nullable Duration deadline) {
        return new RetrySettings(maxRetries, backoff, deadline, maxServerDelay);
    }

    public RetrySettings maxServerDelay(Duration maxServerDelay) {
        return new RetrySettings(maxRetries, backoff, deadline, maxServerDelay);
    }
}
