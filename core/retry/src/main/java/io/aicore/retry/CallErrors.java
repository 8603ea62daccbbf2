package io.aicore.retry;

import io.aicore.internal.Seconds;
import io.aicore.limit.Guard;
import io.aicore.retry.RetryDecision.GiveUp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** The errors that end a call, each with its history: the last failure, the deadline, or what the caller's code threw. */
final class CallErrors {

    private CallErrors() {}

    /** The decision after the attempt in flight has failed. */
    static <T> Mono<T> gaveUp(Call call, GiveUp end, Throwable error, Judge.Classification classified, long now) {
        RetryHistory history = history(call, end, error, classified.failure(), now);
        return end(call, error, history, classified.isGivenUp(), call.isAtFirstFailure());
    }

    /** A retry that was never sent: the failure before it is the call's. */
    static <T> Mono<T> notSent(Call call, GiveUp end, long now) {
        Progress at = call.progress();
        return end(call, at.lastError(), history(call, end, at.attempt().failures(), now));
    }

    static <T> Mono<T> staysOpen(Call call, String circuit, Throwable error) {
        String why = "circuit '" + circuit + "' is open and the wait for its next probe would be too long";
        GiveUp end = GiveUp.because(GiveUpReason.CIRCUIT_OPEN, why);
        return end(call, error, history(call, end, call.progress().attempt().failures(), call.nowOrLast()));
    }

    /**
     * Ends the call when the caller's code (classifier, circuit, clock) threw between attempts; the attempt's failure
     * stays the primary error.
     */
    static <T> Mono<T> broken(Call call, Throwable error, Throwable thrown) {
        Suppressed.add(error, thrown);
        if (Guard.endsJvm(thrown)) {
            call.start.end();
            return Guard.endThenThrow(error, thrown);
        }
        Progress at = call.progress();
        long now = call.nowOrLast();
        call.events.classifierFailed(at.made(), thrown);
        String why = Text.name(thrown) + " was thrown while the next attempt was prepared";
        GiveUp end = GiveUp.because(GiveUpReason.NOT_RETRYABLE, why);
        RetryHistory history = at.waiting()
                ? history(call, end, at.attempt().failures(), now)
                : history(call, end, error, Failure.permanent(why), now);
        return end(call, error, history);
    }

    /** The error that ends the call; never, if something else has ended it. */
    static <T> Mono<T> deadlinePassed(Call call, Duration deadline) {
        Progress at = call.progress();
        long now = call.nowOrLast();
        boolean overcome = call.start.nested()
                || call.start.committed()
                || at.attempt().failures().isEmpty();
        RetryDeadlineException cut = new RetryDeadlineException(deadline, call.start.committed());
        Throwable error = overcome ? cut : at.lastError();
        String passed = "deadline of " + Seconds.text(deadline) + " exceeded ";
        if (at.waiting()) {
            GiveUp end = GiveUp.because(GiveUpReason.DEADLINE, passed + "during a wait");
            return end(call, error, history(call, end, at.attempt().failures(), now), true, false);
        }
        String flight = "during attempt " + at.attempt().number();
        GiveUp end = GiveUp.because(GiveUpReason.DEADLINE, passed + flight);
        Failure failure = Failure.permanent("cut off by the deadline").category("deadline");
        return end(call, error, history(call, end, cut, failure, now), true, false);
    }

    /** What happened, when the attempt in flight has failed. */
    private static RetryHistory history(Call call, GiveUp end, Throwable error, Failure failure, long now) {
        Progress at = call.progress();
        Attempt attempt = at.attempt();
        return attempt.failures().isEmpty()
                ? new SingleFailure(attempt, wallClock(call, error), now - at.since(), failure, error, end)
                : history(call, end, at.failuresAnd(failed(call, at, now, failure, error, end)), now);
    }

    private static RetryHistory history(Call call, GiveUp end, List<FailedAttempt> failures, long now) {
        Progress at = call.progress();
        return new FailedCall(at.attempt(), failures, end, at.waited(now), now - call.start.instant());
    }

    private static <T> Mono<T> end(Call call, Throwable last, RetryHistory history) {
        return end(call, last, history, true, call.isAtFirstFailure());
    }

    /**
     * @param isGivenUp whether another call may have given up on this error before
     * @param isLookedUp whether the call's error is looked up there, and needs no signal
     */
    private static <T> Mono<T> end(
            Call call, Throwable last, RetryHistory history, boolean isGivenUp, boolean isLookedUp) {
        if (!call.start.end()) {
            return Mono.never();
        }
        if (call.progress().waiting()) {
            call.budget.unused();
        }
        try {
            Throwable finished = Ending.finish(call, last, history, isGivenUp);
            call.ended(finished);
            return isLookedUp ? Mono.never() : Mono.error(finished);
        } catch (Throwable thrown) {
            Suppressed.add(last, thrown);
            return Guard.endThenThrow(last, thrown);
        }
    }

    /** The attempt in flight as a failed one. */
    static AttemptFailure failed(
            Call call, Progress at, long now, Failure failure, Throwable error, RetryDecision decision) {
        return new AttemptFailure(
                at.attempt().number(), wallClock(call, error), now - at.since(), failure, error, decision);
    }

    private static Instant wallClock(Call call, Throwable error) {
        try {
            return Objects.requireNonNull(call.start.plan().clock.instant(), "the clock gave null");
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            Suppressed.add(error, thrown);
            return Clock.systemUTC().instant();
        }
    }
}
