package io.aicore.retry;

import io.aicore.internal.Seconds;
import io.aicore.retry.RetryDecision.GiveUp;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The decision after a failed attempt, as a pure function: no clock, no thread, no Reactor. */
record RetryPolicy(RetrySettings settings) {

    /**
     * Random addition to a server-requested delay, so that callers who were given the same instant do not return
     * together.
     */
    private static final double RETRY_AFTER_SPREAD = 0.1;

    /** A rate limiter knows exactly when there is capacity again, often within milliseconds. */
    private static final int TOO_MANY_REQUESTS = 429;

    RetryDecision decide(Attempt failed, Failure failure, Duration elapsed, DoubleSupplier random) {
        if (!failure.retryable()) {
            return GiveUp.because(GiveUpReason.NOT_RETRYABLE, failure.why());
        }
        if (failed.number() > settings.maxRetries()) {
            return GiveUp.because(GiveUpReason.RETRIES_EXHAUSTED, exhausted());
        }
        Integer limit = failure.retryLimit();
        if (limit != null && sameCategory(failed.failures(), failure.category()) >= limit) {
            String retries = Text.count(limit, "retry", "retries");
            return GiveUp.because(
                    GiveUpReason.RETRIES_EXHAUSTED, "at most " + retries + " for this failure: " + failure.why());
        }
        Duration left = settings.deadline() == null ? null : settings.deadline().minus(elapsed);
        Duration retryAfter = failure.retryAfter();
        if (retryAfter != null) {
            GiveUp tooLong = tooLong(retryAfter, left);
            if (tooLong != null) {
                return tooLong;
            }
        }
        RetryAfter retry = delay(failed, failure, random);
        if (left != null && retry.delay().compareTo(left) >= 0) {
            return GiveUp.because(
                    GiveUpReason.DEADLINE,
                    "a wait of " + Seconds.text(retry.delay()) + " would exceed the deadline: " + left(left) + " ("
                            + retry.why() + ")");
        }
        return retry;
    }

    private String exhausted() {
        int retries = settings.maxRetries();
        return retries == 0 ? "no retries allowed (maxRetries: 0)" : "no retries left (maxRetries: " + retries + ")";
    }

    private @Nullable GiveUp tooLong(Duration retryAfter, @Nullable Duration left) {
        if (retryAfter.compareTo(settings.maxServerDelay()) > 0) {
            String why = "server asked for " + Seconds.text(retryAfter) + ", more than maxServerDelay, "
                    + Seconds.text(settings.maxServerDelay());
            return GiveUp.because(GiveUpReason.RETRY_AFTER_TOO_LONG, why);
        }
        if (left != null && retryAfter.compareTo(left) >= 0) {
            String why = "server asked for " + Seconds.text(retryAfter) + ", past the deadline: " + left(left);
            return GiveUp.because(GiveUpReason.RETRY_AFTER_TOO_LONG, why);
        }
        return null;
    }

    /**
     * A delay requested by a rate limiter (429), and any requested delay at or above the nominal backoff, is used with
     * a spread upwards; otherwise the own jittered backoff is, with the requested delay as its floor. No retry comes
     * earlier than the server requested, and {@code maxDelay} does not cap it.
     */
    private RetryAfter delay(Attempt failed, Failure failure, DoubleSupplier random) {
        Duration retryAfter = failure.retryAfter();
        Backoff backoff = settings.backoff();
        int retry = failed.number();
        if (retryAfter == null) {
            Duration own = backoff.delay(retry, previousDelay(failed), random);
            return new RetryAfter(own, "backoff before retry " + retry);
        }
        Duration nominal = backoff.nominal(retry);
        boolean limited = Objects.equals(failure.status(), TOO_MANY_REQUESTS);
        if (limited || retryAfter.compareTo(nominal) >= 0) {
            long spread =
                    (long) (retryAfter.toNanos() * RETRY_AFTER_SPREAD * Math.max(0, Math.min(1, random.getAsDouble())));
            return new RetryAfter(
                    retryAfter.plusNanos(spread),
                    "server asked for " + Seconds.text(retryAfter) + "; own backoff " + Seconds.text(nominal));
        }
        Duration own = backoff.delay(retry, previousDelay(failed), random);
        Duration delay = own.compareTo(retryAfter) < 0 ? retryAfter : own;
        return new RetryAfter(
                delay, "own backoff " + Seconds.text(own) + "; server asked for " + Seconds.text(retryAfter));
    }

    private Duration previousDelay(Attempt failed) {
        List<FailedAttempt> failures = failed.failures();
        Duration last =
                failures.isEmpty() ? null : failures.get(failures.size() - 1).delay();
        return last == null ? settings.initialDelay() : last;
    }

    private static long sameCategory(List<FailedAttempt> failures, @Nullable String category) {
        return failures.stream()
                .filter(each -> Objects.equals(each.failure().category(), category))
                .count();
    }

    private static String left(Duration left) {
        return left.isNegative() || left.isZero() ? "no time left" : Seconds.text(left) + " left";
    }
}
