package io.aicore.examples.lab.scenario;

/**
 * What goes wrong at the provider, and when.
 *
 * @param kind what
 * @param period when, in seconds
 * @param scope whom
 * @param factor of a slow-down: service times are multiplied by it
 * @param retryAfter {@code Retry-After} of the refusals
 * @param after seconds until the refusal reaches the client
 */
public record Fault(Kind kind, Period period, Scope scope, double factor, RetryAfter retryAfter, double after) {

    /** Kinds of faults. */
    public enum Kind {
        /** 503 at once; what is in work fails at its end. */
        UNAVAILABLE,
        /** No answer. */
        HANG,
        /** Service takes longer. */
        SLOW_DOWN,
        /** 429 at once. */
        RATE_LIMIT,
        /** A stream that reports overload instead of its first content. */
        STREAM_OVERLOAD,
        /** A stream that breaks after its first content. */
        STREAM_BREAK
    }

    /**
     * When.
     *
     * @param from seconds
     * @param to seconds
     * @param every length of a cycle; 0 for no cycles
     * @param on how long the fault is present in each cycle
     */
    public record Period(double from, double to, double every, double on) {

        /** Whether it is present. */
        public boolean contains(double time) {
            return time >= from && time < to && (every <= 0 || (time - from) % every < on);
        }
    }

    /**
     * Whom.
     *
     * @param share of the attempts or calls, 0 to 1
     * @param calls whether a call is hit with all its attempts (one model of several), else each attempt for itself
     */
    public record Scope(double share, boolean calls) {}
}
