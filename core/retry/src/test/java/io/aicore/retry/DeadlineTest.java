package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The deadline bounds the whole call. */
class DeadlineTest {

    private final Trial trial = new Trial();
    private final RetryOnFailure retry = trial.retry(Trial.settings().deadline(Duration.ofSeconds(5)));

    @Test
    void aWaitThatWouldPassTheDeadlineIsNotBegun() {
        IOException last = new IOException("third");
        Trial.Outcome<String> outcome =
                trial.run(retry.protect(trial.script(Trial.reset(), new IOException("second"), last)));
        trial.pass(3);
        assertThat(outcome.error).isSameAs(last);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.DEADLINE);
        assertThat(outcome.history().elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(trial.attempts).hasSize(3);
    }

    @Test
    void anAttemptInFlightIsCutOff() {
        Trial.Outcome<String> outcome = trial.run(retry.protect(trial.script(Duration.ofHours(1))));
        trial.pass(Duration.ofMillis(4999));
        assertThat(outcome.pending()).isTrue();
        trial.pass(Duration.ofMillis(1));
        assertThat(outcome.error)
                .isInstanceOf(RetryDeadlineException.class)
                .hasMessage("deadline of 5 s exceeded before a response");
        assertThat(outcome.error.getStackTrace()).isEmpty();
        assertThat(((RetryDeadlineException) outcome.error).deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.DEADLINE);
        assertThat(trial.cancelledInFlight).isEqualTo(1);
        assertThat(trial.eventNames()).containsExactly("AttemptStarted", "GaveUp");
    }

    @Test
    void theLastFailureIsTheErrorWhenThereWasOne() {
        Throwable failure = Trial.reset();
        Trial.Outcome<String> outcome = trial.run(retry.protect(trial.script(failure, Duration.ofHours(1))));
        trial.pass(5);
        assertThat(outcome.error).isSameAs(failure);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.DEADLINE);
        assertThat(outcome.history().attempts()).isEqualTo(2);
        assertThat(outcome.history().why()).isEqualTo("deadline of 5 s exceeded during attempt 2");
        assertThat(outcome.history().failures().get(1).duration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(trial.cancelledInFlight).isEqualTo(1);
    }

    @Test
    void thePlainOperatorKeepsTheDeadlineToo() {
        Trial.Outcome<String> outcome =
                trial.run(trial.script(Duration.ofHours(1)).retryWhen(retry));
        trial.pass(5);
        assertThat(outcome.error).isInstanceOf(RetryDeadlineException.class);
        assertThat(trial.cancelledInFlight).isEqualTo(1);
    }

    @Test
    void eachAttemptLearnsWhatIsLeft() {
        trial.finish(retry.protect(trial.script(Trial.reset(), "fine")));
        assertThat(trial.attempts.get(0).orElseThrow().remaining()).isEqualTo(Duration.ofSeconds(5));
        assertThat(trial.attempts.get(1).orElseThrow().remaining()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void afterTheLastCallHasEndedInTimeNoTimerIsLeft() {
        trial.run(retry.protect(trial.script("fine")));
        trial.pass(Duration.ofMillis(50));
        assertThat(trial.timers()).isZero();
    }

    @Test
    void aRetryAfterPastTheDeadlineFailsNow() {
        RetryOnFailure requested =
                retry.classifier(error -> Failure.retryable("busy").retryAfter(Duration.ofSeconds(6)));
        Trial.Outcome<String> outcome = trial.run(requested.protect(trial.script(Trial.reset(), "fine")));
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.RETRY_AFTER_TOO_LONG);
        assertThat(outcome.history().why()).contains("past the deadline");
        assertThat(outcome.history().failures().get(0).failure().retryAfter()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aRetryAfterOverTheLongestServerDelayFailsNow() {
        RetryOnFailure requested =
                trial.retry().classifier(error -> Failure.retryable("busy").retryAfter(Duration.ofMinutes(10)));
        Trial.Outcome<String> outcome = trial.run(requested.protect(trial.script(Trial.reset(), "fine")));
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.RETRY_AFTER_TOO_LONG);
        assertThat(outcome.history().why()).isEqualTo("server asked for 600 s, more than maxServerDelay, 60 s");
        assertThat(trial.elapsed()).isZero();
    }

    @Test
    void retriesAfterTheServersDelayAndNotBefore() {
        RetryOnFailure requested = trial.retry()
                .random(() -> 0)
                .classifier(error -> Failure.retryable("busy").retryAfter(Duration.ofSeconds(20)));
        trial.run(requested.protect(trial.script(Trial.reset(), "fine")));
        trial.pass(Duration.ofMillis(19_999));
        assertThat(trial.attempts).hasSize(1);
        trial.pass(Duration.ofMillis(1));
        assertThat(trial.attempts).hasSize(2);
    }

    @Test
    void anInnerRetryThatSteppedAsideKeepsItsOwnDeadline() {
        Trial.Outcome<String> outcome =
                trial.run(trial.retry().protect(retry.protect(trial.script(Duration.ofHours(1)))));
        trial.pass(5);
        assertThat(outcome.error).isInstanceOf(RetryDeadlineException.class);
        assertThat(trial.attempts).hasSize(1);
    }

    @Test
    void aSchedulerThatTakesNoWorkDoesNotHideTheFailure() {
        Throwable failure = Trial.reset();
        Mono<String> call = trial.retry().protect(Mono.error(() -> {
            trial.time.dispose();
            return failure;
        }));
        Trial.Outcome<String> outcome = trial.run(call);
        assertThat(outcome.error).isSameAs(failure);
        assertThat(outcome.history().why())
                .isEqualTo("ReactorRejectedExecutionException was thrown while the next attempt was prepared");
    }
}
