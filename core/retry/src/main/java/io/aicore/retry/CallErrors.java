package io.aicore.retry;

import io.aicore.internal.Seconds;
import io.aicore.limit.Guard;
import io.aicore.retry.RetryDecision.GiveUp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** The errors that end a call, each with its history: the last failure, the deadline, or what the caller's code threw. */
record CallErrors(Call call) {

    /** The decision after the attempt in flight has failed. */
    <T> Mono<T> gaveUp(GiveUp end, Throwable error, Failure failure, long now) {
        return end(error, history(end, failed(call.progress(), now, failure, error, end), now));
    }

    /** A retry that was never sent: the failure before it is the call's. */
    <T> Mono<T> notSent(GiveUp end, long now) {
        Progress at = call.progress();
        return end(at.lastError(), history(end, at.attempt().failures(), now));
    }

    <T> Mono<T> staysOpen(String circuit, Throwable error) {
        String why = "circuit '" + circuit + "' is open and the wait for its next probe would be too long";
        GiveUp end = GiveUp.because(GiveUpReason.CIRCUIT_OPEN, why);
        return end(error, history(end, call.progress().attempt().failures(), call.nowOrLast()));
    }

    /**
     * Ends the call when the caller's code (classifier, circuit, clock) threw between attempts; the attempt's failure
     * stays the primary error.
     */
    <T> Mono<T> broken(Throwable error, Throwable thrown) {
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
                ? history(end, at.attempt().failures(), now)
                : history(end, failed(at, now, Failure.permanent(why), error, end), now);
        return end(error, history);
    }

    /** The error that ends the call; never, if something else has ended it. */
    <T> Mono<T> deadlinePassed(Duration deadline) {
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
            return end(error, history(end, at.attempt().failures(), now), false);
        }
        String flight = "during attempt " + at.attempt().number();
        GiveUp end = GiveUp.because(GiveUpReason.DEADLINE, passed + flight);
        Failure failure = Failure.permanent("cut off by the deadline").category("deadline");
        return end(error, history(end, failed(at, now, failure, cut, end), now), false);
    }

    /** What happened, when the attempt in flight has failed. */
    private RetryHistory history(GiveUp end, AttemptFailure last, long now) {
        Progress at = call.progress();
        return at.attempt().failures().isEmpty()
                ? new SingleFailure(at.attempt(), last, end)
                : history(end, at.failuresAnd(last), now);
    }

    private RetryHistory history(GiveUp end, List<FailedAttempt> failures, long now) {
        Progress at = call.progress();
        return new FailedCall(at.attempt(), failures, end, at.waited(now), now - call.start.instant());
    }

    /** Ends the call by a decision; the first one's error is looked up there, and needs no signal. */
    private <T> Mono<T> end(Throwable last, RetryHistory history) {
        return end(last, history, call.isAtFirstFailure());
    }

    private <T> Mono<T> end(Throwable last, RetryHistory history, boolean isLookedUp) {
        if (!call.start.end()) {
            return Mono.never();
        }
        if (call.progress().waiting()) {
            call.budget.unused();
        }
        try {
            Throwable finished = new Ending(
                            call.start.plan().mapper, call.events, call.start.number(), call.start.nested())
                    .finish(last, history);
            call.ended(finished);
            return isLookedUp ? Mono.never() : Mono.error(finished);
        } catch (Throwable thrown) {
            Suppressed.add(last, thrown);
            return Guard.endThenThrow(last, thrown);
        }
    }

    /** The attempt in flight as a failed one. */
    AttemptFailure failed(Progress at, long now, Failure failure, Throwable error, RetryDecision decision) {
        return new AttemptFailure(at.attempt().number(), wallClock(error), now - at.since(), failure, error, decision);
    }

    private Instant wallClock(Throwable error) {
        try {
            return Guard.call("the clock", call.start.plan().clock::instant);
        } catch (RuntimeException thrown) {
            Suppressed.add(error, thrown);
            return Clock.systemUTC().instant();
        }
    }
}
