package io.aicore.examples.lab.scenario;

import org.jspecify.annotations.Nullable;

/**
 * The provider's rate limits, as token buckets that are full at the beginning.
 *
 * @param requests null for no limit of requests
 * @param tokens null for no limit of tokens
 * @param retryAfter what a 429 says
 * @param headers whether every response reports what remains and when it is replenished
 */
public record Limits(@Nullable Bucket requests, @Nullable Bucket tokens, RetryAfter retryAfter, boolean headers) {

    /** No limits. */
    public static final Limits NONE = new Limits(null, null, RetryAfter.NONE, false);

    /**
     * A token bucket.
     *
     * @param rate per second
     * @param burst its size
     */
    public record Bucket(double rate, double burst) {}
}
