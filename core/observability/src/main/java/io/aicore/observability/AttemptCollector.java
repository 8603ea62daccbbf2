package io.aicore.observability;

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
            close(attempt -> failed(attempt.number(), failed.duration(), failed.failure(), attempt.start()));
        } else if (event instanceof RetryEvent.RetryScheduled scheduled) {
            amend(attempt -> followed(attempt, scheduled.delay(), scheduled.why()));
        } else if (event instanceof RetryEvent.WaitingForCircuit waiting) {
            amend(attempt -> followed(attempt, attempt.delay(), waiting.why()));
        } else if (event instanceof RetryEvent.GaveUp gaveUp) {
            waited = gaveUp.history().waited();
            cutOff(gaveUp.history().failures());
        } else if (event instanceof RetryEvent.Succeeded succeeded) {
            waited = succeeded.waited();
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

    /** Total wait between attempts. */
    Duration waited() {
        return waited;
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
                ? failed(attempt.number(), cut.duration(), cut.failure(), attempt.start())
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
                new Decision(null, why));
    }

    private void close(UnaryOperator<LlmAttempt> end) {
        if (open) {
            open = false;
            amend(end);
        }
    }

    private void amend(UnaryOperator<LlmAttempt> change) {
        Chain now = last;
        if (now != null) {
            last = new Chain(change.apply(now.attempt()), now.before(), now.length());
        }
    }

    private static LlmAttempt failed(int number, Duration duration, io.aicore.retry.Failure failure, Instant start) {
        return new LlmAttempt(
                number,
                start,
                duration,
                new Response(failure.status(), failure.requestId()),
                new Failure(failure.phase(), failure.category(), failure.retryAfter()),
                new Decision(null, failure.why()));
    }

    private static LlmAttempt followed(LlmAttempt attempt, @Nullable Duration delay, String why) {
        String both = attempt.why().isEmpty() ? why : attempt.why() + "; " + why;
        return new LlmAttempt(
                attempt.number(),
                attempt.start(),
                attempt.duration(),
                attempt.response(),
                attempt.failure(),
                new Decision(delay, both));
    }
}
