package io.aicore.examples.lab.provider;

import io.aicore.examples.lab.scenario.Limits;
import io.aicore.examples.lab.scenario.RetryAfter;
import io.aicore.limit.RateReport;
import io.aicore.limit.RateReport.Quota;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The provider's rate limits at work. */
final class RateLimits {

    private final Limits limits;
    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket tokens;

    RateLimits(Limits limits) {
        this.limits = limits;
        this.requests = limits.requests() == null ? null : new TokenBucket(limits.requests());
        this.tokens = limits.tokens() == null ? null : new TokenBucket(limits.tokens());
    }

    /** Takes a request with its tokens; null if there was room, else the seconds until there will be. */
    @Nullable
    Double take(double now, double cost) {
        double wait = Math.max(
                requests == null ? 0 : requests.untilRoom(now, 1), tokens == null ? 0 : tokens.untilRoom(now, cost));
        if (wait > 0) {
            return wait;
        }
        if (requests != null) {
            requests.take(1);
        }
        if (tokens != null) {
            tokens.take(cost);
        }
        return null;
    }

    /** The {@code Retry-After} of a refusal. */
    @Nullable
    Double retryAfter(double wait) {
        RetryAfter retryAfter = limits.retryAfter();
        return switch (retryAfter.kind()) {
            case NONE -> null;
            case AUTO -> Math.max(1, Math.ceil(wait));
            case CONSTANT -> retryAfter.seconds();
        };
    }

    /** What the headers of a response say. */
    RateReport report(double now) {
        return limits.headers() ? new RateReport(quota(requests, now), quota(tokens, now)) : RateReport.NONE;
    }

    private static Quota quota(@Nullable TokenBucket bucket, double now) {
        return bucket == null ? Quota.UNKNOWN : bucket.quota(now);
    }

    private static final class TokenBucket {

        private final double rate;
        private final double burst;
        private double level;
        private double filled;

        TokenBucket(Limits.Bucket bucket) {
            this.rate = bucket.rate();
            this.burst = bucket.burst();
            this.level = burst;
        }

        private void fill(double now) {
            level = Math.min(burst, level + (now - filled) * rate);
            filled = now;
        }

        double untilRoom(double now, double amount) {
            fill(now);
            // More than the bucket holds is admitted by a full one.
            double needed = Math.min(amount, burst);
            return level >= needed - 1e-9 ? 0 : (needed - level) / rate;
        }

        void take(double amount) {
            level -= Math.min(amount, burst);
        }

        Quota quota(double now) {
            fill(now);
            long reset = Math.round((burst - level) / rate * 1e9);
            return new Quota((long) burst, Math.max(0, (long) level), Duration.ofNanos(reset));
        }
    }
}
