package io.aicore.examples.lab.call;

import io.aicore.limit.RateReport;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param kind how
 * @param retryAfter seconds that the provider asked to wait; null without a request
 * @param report what its headers say about the rate limit
 */
public record Answer(Kind kind, @Nullable Double retryAfter, RateReport report) {

    /** How an attempt can end. */
    public enum Kind {
        /** The whole answer arrived. */
        OK(200),
        /** The provider is down: 503. */
        UNAVAILABLE(503),
        /** The provider has no place in its queue: 503. */
        OVERLOADED(503),
        /** A rate limit: 429. */
        LIMITED(429),
        /** The stream reported overload before its first content. */
        STREAM_OVERLOAD(200),
        /** The stream broke after its first content, which the caller has. */
        BROKEN(200),
        /** The client gave up. */
        TIMEOUT(0);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** HTTP status; 0 without a response. */
        public int status() {
            return status;
        }
    }

    /** An answer without a request to wait. */
    public static Answer of(Kind kind) {
        return new Answer(kind, null, RateReport.NONE);
    }

    public boolean isOk() {
        return kind == Kind.OK;
    }

    /** Whether a client counts it as throttling: 429, or a full queue. */
    public boolean isThrottled() {
        return kind == Kind.LIMITED || kind == Kind.OVERLOADED || kind == Kind.STREAM_OVERLOAD;
    }

    /** Whether another attempt would repeat what the caller already has. */
    public boolean isFinal() {
        return kind == Kind.BROKEN;
    }
}
