package io.aicore.retry;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often, how long and how patiently a call is retried. An immutable value, checked where it is given.
 *
 * <p>{@link #defaults()}: 3 retries (so at most four attempts), nominal waits 1 s, 2 s, 4 s with 25 % jitter either way,
 * no deadline, server hints of up to 60 s obeyed.
 *
 * @param maxRetries retries after the first attempt; 0 is a single attempt
 * @param initialDelay nominal wait before the first retry
 * @param maxDelay cap of the nominal wait; never shortens what a server asked for
 * @param backoffFactor growth of the nominal wait, at least 1
 * @param jitter spread of the waits
 * @param deadline bound of the whole call, attempts and waits together; null is none
 * @param maxServerDelay the longest wait asked for by a server that is obeyed; a longer one fails the call at once
 */
public record RetrySettings(
        int maxRetries,
        Duration initialDelay,
        Duration maxDelay,
        double backoffFactor,
        Jitter jitter,
        @Nullable Duration deadline,
        Duration maxServerDelay) {

    static final int MOST_RETRIES = 1_000_000;

    private static final RetrySettings DEFAULTS = new RetrySettings(
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            2.0,
            Jitter.proportional(0.25),
            null,
            Duration.ofSeconds(60));

    public RetrySettings {
        Check.that(maxRetries >= 0, "maxRetries", maxRetries, ">= 0");
        Check.that(maxRetries <= MOST_RETRIES, "maxRetries", maxRetries, "<= " + MOST_RETRIES);
        new Backoff(initialDelay, maxDelay, backoffFactor, jitter);
        Check.span(maxServerDelay, "maxServerDelay");
        if (deadline != null) {
            Check.that(
                    !deadline.isNegative() && !deadline.isZero() && deadline.compareTo(Check.LONGEST) <= 0,
                    "deadline",
                    deadline,
                    "more than 0, at most 365 days");
        }
    }

    /** 3 retries, 1 s doubling to at most 10 s, proportional jitter 0.25, no deadline, server hints up to 60 s. */
    public static RetrySettings defaults() {
        return DEFAULTS;
    }

    /**
     * {@link #defaults()} with what the process environment says.
     *
     * @see #fromEnvironment(Map, RetrySettings)
     */
    public static RetrySettings fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * {@link #defaults()} with what this environment says.
     *
     * @see #fromEnvironment(Map, RetrySettings)
     */
    public static RetrySettings fromEnvironment(Map<String, String> environment) {
        return fromEnvironment(environment, DEFAULTS);
    }

    /**
     * The given settings with what this environment says: {@code LLM_MAX_RETRIES}, {@code LLM_RETRY_INITIAL_DELAY},
     * {@code LLM_RETRY_MAX_DELAY}, {@code LLM_RETRY_BACKOFF_FACTOR}, {@code LLM_RETRY_JITTER} (see
     * {@link Jitter#parse(String)}), {@code LLM_RETRY_MAX_SERVER_DELAY}, {@code LLM_DEADLINE}. Durations are seconds, decimals
     * allowed; a blank variable counts as absent.
     *
     * @throws IllegalArgumentException naming the variable, its value and what is expected
     */
    public static RetrySettings fromEnvironment(Map<String, String> environment, RetrySettings defaults) {
        return new RetryEnvironment(environment).read(defaults);
    }

    public RetrySettings maxRetries(int maxRetries) {
        return new RetrySettings(maxRetries, initialDelay, maxDelay, backoffFactor, jitter, deadline, maxServerDelay);
    }

    public RetrySettings initialDelay(Duration initialDelay) {
        return new RetrySettings(maxRetries, initialDelay, maxDelay, backoffFactor, jitter, deadline, maxServerDelay);
    }

    public RetrySettings maxDelay(Duration maxDelay) {
        return new RetrySettings(maxRetries, initialDelay, maxDelay, backoffFactor, jitter, deadline, maxServerDelay);
    }

    public RetrySettings backoffFactor(double backoffFactor) {
        return new RetrySettings(maxRetries, initialDelay, maxDelay, backoffFactor, jitter, deadline, maxServerDelay);
    }

    public RetrySettings jitter(Jitter jitter) {
        return new RetrySettings(maxRetries, initialDelay, maxDelay, backoffFactor, jitter, deadline, maxServerDelay);
    }

    public RetrySettings deadline(@Nullable Duration deadline) {
        return new RetrySettings(maxRetries, initialDelay, maxDelay, backoffFactor, jitter, deadline, maxServerDelay);
    }

    public RetrySettings maxServerDelay(Duration maxServerDelay) {
        return new RetrySettings(maxRetries, initialDelay, maxDelay, backoffFactor, jitter, deadline, maxServerDelay);
    }

    /** Initial delay, cap, factor and jitter as one {@link Backoff}. */
    public Backoff backoff() {
        return new Backoff(initialDelay, maxDelay, backoffFactor, jitter);
    }
}
