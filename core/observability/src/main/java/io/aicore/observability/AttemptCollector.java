package io.aicore.observability;

import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionEvent.WaitReason;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.ResponseHead;
import io.aicore.observability.LlmAttempt.Decision;
import io.aicore.observability.LlmAttempt.Failure;
import io.aicore.observability.LlmAttempt.Response;
import io.aicore.retry.FailedAttempt;
import io.aicore.retry.RetryEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the attempts of one call from its events. */
final class AttemptCollector {

    // Far more than anyone configures; more are counted, but not kept.
    private static final int KEPT = 1_000;

    private final Clock clock;
    private volatile @Nullable Chain last;
    private volatile boolean open;
    private volatile int made;
    private volatile Duration waited = Duration.ZERO;
    private volatile Duration waitedForAdmission = Duration.ZERO;
    private volatile @Nullable WaitReason waiting;

    /** The attempts so far, newest first; immutable, so that any thread may read it. */
    private record Chain(LlmAttempt attempt, @Nullable Chain before, int length) {}

    AttemptCollector(Clock clock) {
        this.clock = clock;
    }

    void onEvent(RetryEvent event) {
        if (event instanceof RetryEvent.AttemptStarted started) {
            waited = started.attempt().waited();
            begin(started.number());
        } else if (event instanceof RetryEvent.AttemptFailed failed) {
            close(attempt -> failed(attempt, failed.duration(), failed.failure()));
        } else if (event instanceof RetryEvent.RetryScheduled scheduled) {
            amend(attempt -> followed(attempt, scheduled.delay(), scheduled.why()));
        } else if (event instanceof RetryEvent.WaitingForCircuit waiting) {
            amend(attempt -> followed(attempt, attempt.delay(), waiting.why()));
        } else if (event instanceof RetryEvent.Admission admission) {
            onAdmission(admission);
        } else if (event instanceof RetryEvent.GaveUp gaveUp) {
            waited = gaveUp.history().waited();
            cutOff(gaveUp.history().failures());
        } else if (event instanceof RetryEvent.Succeeded succeeded) {
            waited = succeeded.waited();
        }
    }

    private void onAdmission(RetryEvent.Admission admission) {
        WaitReason reason = waiting;
        if (admission.event() instanceof AdmissionEvent.WaitBegan began) {
            waiting = began.reason();
        } else if (admission.event() instanceof AdmissionEvent.WaitEnded ended && reason != null) {
            waiting = null;
            waitedForAdmission = waitedForAdmission.plus(ended.waited());
            if (open) {
                amend(attempt -> followed(attempt, attempt.delay(), reason.why() + ": " + admission.why()));
            }
        }
    }

    /** Ends an open attempt with the call. */
    void ended(CallEnd end) {
        String why = end.outcome() == CallOutcome.CANCELLED ? "cancelled by the caller" : "";
        close(attempt -> ended(attempt, end.response(), why));
    }

    /** Number of attempts. */
    int made() {
        return made;
    }

    /** Total wait between attempts and for admission. */
    Duration waited() {
        return waited.plus(waitedForAdmission);
    }

    /** Oldest first. */
    List<LlmAttempt> all() {
        ArrayDeque<LlmAttempt> all = new ArrayDeque<>();
        for (Chain each = last; each != null; each = each.before()) {
            all.addFirst(each.attempt());
        }
        return List.copyOf(all);
    }

    private void begin(int number) {
        Chain before = last;
        while (before != null && before.attempt().number() >= number) {
            // One that the circuit refused begins again under its old number.
            before = before.before();
        }
        made = number;
        open = before == null || before.length() < KEPT;
        if (open) {
            Instant now = clock.instant();
            LlmAttempt attempt = new LlmAttempt(number, now, Duration.ZERO, Response.NONE, Failure.NONE, Decision.NONE);
            last = new Chain(attempt, before, before == null ? 1 : before.length() + 1);
        }
    }

    /** The deadline ended the call during an attempt, for which there was no event. */
    private void cutOff(List<FailedAttempt> failures) {
        if (failures.isEmpty()) {
            return;
        }
        FailedAttempt cut = failures.get(failures.size() - 1);
        close(attempt -> attempt.number() == cut.number()
                ? failed(attempt, cut.duration(), cut.failure())
                : ended(attempt, null, ""));
    }

    private LlmAttempt ended(LlmAttempt attempt, @Nullable ResponseHead response, String why) {
        Duration took = Duration.between(attempt.start(), clock.instant());
        return new LlmAttempt(
                attempt.number(),
                attempt.start(),
                took.isNegative() ? Duration.ZERO : took,
                response == null ? Response.NONE : new Response(response.status(), response.requestId()),
                Failure.NONE,
                new Decision(null, joined(attempt.why(), why)));
    }

    private void close(UnaryOperator<LlmAttempt> end) {
        if (!open) {
            return;
        }
        open = false;
        WaitReason left = waiting;
        if (left != null) {
            waiting = null;
            amend(attempt -> followed(attempt, attempt.delay(), "ended while it waited for admission: " + left.why()));
        }
        amend(end);
    }

    private void amend(UnaryOperator<LlmAttempt> change) {
        Chain now = last;
        if (now != null) {
            last = new Chain(change.apply(now.attempt()), now.before(), now.length());
        }
    }

    private static LlmAttempt failed(LlmAttempt attempt, Duration duration, io.aicore.retry.Failure failure) {
        return new LlmAttempt(
                attempt.number(),
                attempt.start(),
                duration,
                new Response(failure.status(), failure.requestId()),
                new Failure(failure.phase(), failure.category(), failure.retryAfter()),
                new Decision(null, joined(attempt.why(), failure.why())));
    }

    private static LlmAttempt followed(LlmAttempt attempt, @Nullable Duration delay, String why) {
        return new LlmAttempt(
                attempt.number(),
                attempt.start(),
                attempt.duration(),
                attempt.response(),
                attempt.failure(),
                new Decision(delay, joined(attempt.why(), why)));
    }

    private static String joined(String first, String then) {
        if (first.isEmpty() || then.isEmpty()) {
            return first + then;
        }
        return first + "; " + then;
    }
}
