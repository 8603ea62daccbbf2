package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever goes away leaves nothing behind. */
class CancelTest {

    private final Trial trial = new Trial();

    @Test
    void cancelDuringAWaitDisposesTheTimerAndSendsNothing() {
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(trial.script(Trial.reset(), "fine")));
        trial.pass(Duration.ofMillis(500));
        outcome.subscription.dispose();
        assertThat(trial.timers()).isZero();
        trial.pass(60);
        assertThat(trial.attempts).hasSize(1);
        assertThat(trial.events(RetryEvent.Cancelled.class)).singleElement().satisfies(event -> {
            assertThat(event.waiting()).isTrue();
            assertThat(event.number()).isEqualTo(1);
        });
    }

    @Test
    void cancelDuringAWaitOfAPlainRetryWhenIsTheSame() {
        Trial.Outcome<String> outcome =
                trial.run(trial.script(Trial.reset(), "fine").retryWhen(trial.retry()));
        outcome.subscription.dispose();
        assertThat(trial.timers()).isZero();
        trial.pass(60);
        assertThat(trial.attempts).hasSize(1);
        assertThat(trial.events(RetryEvent.Cancelled.class)).hasSize(1);
    }

    @Test
    void cancelInFlightReachesTheAttempt() {
        RetryOnFailure retry = trial.retry(Trial.settings().deadline(Duration.ofMinutes(1)));
        Trial.Outcome<String> outcome = trial.run(retry.protect(trial.script(Duration.ofSeconds(30))));
        outcome.subscription.dispose();
        assertThat(trial.cancelledInFlight).isEqualTo(1);
        assertThat(trial.timers()).isZero();
        assertThat(trial.events(RetryEvent.Cancelled.class))
                .singleElement()
                .satisfies(event -> assertThat(event.waiting()).isFalse());
    }

    @Test
    void theCallIsTheCallersAtOnceThoughItWaits() {
        Trial.Outcome<String> outcome = trial.run(
                trial.retry().protect(trial.script(Trial.reset(), "fine")).timeout(Duration.ofMillis(300), trial.time));
        trial.pass(Duration.ofMillis(300));
        assertThat(outcome.error).isInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThat(trial.eventNames())
                .containsExactly("AttemptStarted", "AttemptFailed", "RetryScheduled", "Cancelled");
    }

    @Test
    void whatEndedIsNotToldAsCancelled() {
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(trial.script(Trial.reset(), "fine")));
        trial.pass(1);
        outcome.subscription.dispose();
        assertThat(trial.eventNames())
                .containsExactly("AttemptStarted", "AttemptFailed", "RetryScheduled", "AttemptStarted", "Succeeded");
    }
}
