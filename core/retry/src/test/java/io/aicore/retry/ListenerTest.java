package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Listeners hear of every decision and are never part of one. */
class ListenerTest {

    private final Trial trial = new Trial();

    @Test
    void everyDecisionIsTold() {
        RetryOnFailure retry = trial.retry(Trial.settings().maxRetries(1)).scope("orders");
        trial.finish(retry.protect(trial.script(Trial.reset())));
        assertThat(trial.eventNames())
                .containsExactly(
                        "AttemptStarted",
                        "AttemptFailed",
                        "RetryScheduled",
                        "AttemptStarted",
                        "AttemptFailed",
                        "GaveUp");
        assertThat(trial.events).extracting(RetryEvent::number).containsExactly(1, 1, 1, 2, 2, 2);
        assertThat(trial.events).extracting(RetryEvent::scope).containsOnly("orders");
        assertThat(trial.events)
                .extracting(RetryEvent::callId)
                .containsOnly(trial.events.get(0).callId());
        assertThat(trial.events(RetryEvent.GaveUp.class).get(0).reason()).isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
    }

    @Test
    void aPlainRetryWhenTellsTheSameUpToTheEnd() {
        trial.finish(trial.script(Trial.reset())
                .retryWhen(trial.retry(Trial.settings().maxRetries(1))));
        assertThat(trial.eventNames())
                .containsExactly(
                        "AttemptStarted",
                        "AttemptFailed",
                        "RetryScheduled",
                        "AttemptStarted",
                        "AttemptFailed",
                        "GaveUp");
    }

    @Test
    void successTellsHowItCame() {
        trial.finish(trial.retry().protect(trial.script(Trial.reset(), "fine")));
        assertThat(trial.events(RetryEvent.Succeeded.class)).singleElement().satisfies(event -> {
            assertThat(event.number()).isEqualTo(2);
            assertThat(event.waited()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    @Test
    void aListenerThatThrowsChangesNothingAndTheOthersHearOfIt() {
        IllegalStateException thrown = new IllegalStateException("listener bug");
        List<String> before = new ArrayList<>();
        RetryOnFailure retry = trial.silentRetry(Trial.settings())
                .listener(event -> before.add(event.getClass().getSimpleName()))
                .listener(event -> {
                    throw thrown;
                })
                .listener(trial.events::add);
        IOException failure = Trial.reset();
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(failure, "fine")));
        assertThat(outcome.values).containsExactly("fine");
        assertThat(failure.getSuppressed()).containsExactly(thrown);
        assertThat(trial.events(RetryEvent.AttemptFailed.class)).hasSize(1);
        assertThat(trial.events(RetryEvent.ListenerFailed.class))
                .hasSize(5)
                .allMatch(event -> event.thrown() == thrown);
        assertThat(before).contains("ListenerFailed", "Succeeded");
    }

    @Test
    void aListenerThatBlocksATimerThreadChangesNothing() {
        RetryOnFailure retry = RetryOnFailure.of(Trial.settings().initialDelay(Duration.ofMillis(1)))
                .listener(event -> {
                    try {
                        Thread.sleep(5);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        StepVerifier.create(retry.protect(trial.script(Trial.reset(), Trial.reset(), "fine")))
                .expectNext("fine")
                .expectComplete()
                .verify(Duration.ofMinutes(3));
    }

    @Test
    void listenersThatAllThrowStillChangeNothing() {
        RetryListener broken = event -> {
            throw new IllegalStateException("bug");
        };
        RetryOnFailure retry =
                trial.silentRetry(Trial.settings()).listener(broken).listener(broken);
        assertThat(trial.finish(retry.protect(trial.script(Trial.reset(), "fine"))).values)
                .containsExactly("fine");
    }

    @Test
    void aFailureOnItsWayToTheCallerCarriesWhatAListenerThrew() {
        IllegalStateException thrown = new IllegalStateException("bug");
        IOException failure = Trial.reset();
        RetryOnFailure retry = trial.silentRetry(Trial.settings().maxRetries(0)).listener(event -> {
            if (event instanceof RetryEvent.GaveUp) {
                throw thrown;
            }
        });
        assertThat(trial.finish(retry.protect(trial.script(failure))).error).isSameAs(failure);
        assertThat(failure.getSuppressed()).contains(thrown);
    }

    @Test
    void withNobodyListeningTheCallIsTheSame() {
        RetryOnFailure retry = trial.silentRetry(Trial.settings());
        assertThat(trial.finish(retry.protect(trial.script(Trial.reset(), "fine"))).values)
                .containsExactly("fine");
        assertThat(trial.events).isEmpty();
    }
}
