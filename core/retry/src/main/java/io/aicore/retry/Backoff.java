package io.aicore.retry;

import io.aicore.internal.Check;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The delay before a retry: exponential growth up to a cap, then {@link Jitter}. Immutable and stateless; valid for any
 * retry number.
 *
 * @param initialDelay nominal delay before the first retry
 * @param maxDelay cap of the nominal delay; jitter may exceed it
 * @param factor growth from one retry to the next, at least 1
 * @param jitter random spread of the delay
 */
public record Backoff(Duration initialDelay, Duration maxDelay, double factor, Jitter jitter) {

    public Backoff {
        Check.span(initialDelay, "initialDelay");
        Check.span(maxDelay, "maxDelay");
        Check.that(maxDelay.compareTo(initialDelay) >= 0, "maxDelay", maxDelay, ">= initialDelay, " + initialDelay);
        Check.that(factor >= 1 && factor <= 1_000_000, "backoffFactor", factor, ">= 1 and <= 1000000");
    }

    /**
     * The delay without jitter: {@code min(maxDelay, initialDelay · factor^(retry-1))}.
     *
     * @param retry number of the retry, from 1
     */
    public Duration nominal(int retry) {
        Check.that(retry >= 1, "retry", retry, ">= 1");
        if (initialDelay.isZero()) {
            return Duration.ZERO;
        }
        double nanos = initialDelay.toNanos() * Math.pow(factor, retry - 1);
        return nanos < maxDelay.toNanos() ? Duration.ofNanos((long) nanos) : maxDelay;
    }

    /**
     * The nominal delay with jitter.
     *
     * @param retry number of the retry, from 1
     * @param previous the delay before the previous attempt, {@code initialDelay} if there was none
     * @param random supplies values from 0 (inclusive) to 1 (exclusive)
     */
    public Duration delay(int retry, Duration previous, DoubleSupplier random) {
        Duration nominal = nominal(retry);
        return jitter instanceof Jitter.None ? nominal : jitter.draw(nominal, previous, this, random.getAsDouble());
    }
}
