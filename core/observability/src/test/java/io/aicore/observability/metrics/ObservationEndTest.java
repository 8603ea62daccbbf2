package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitSettings;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.retry.RetrySettings;
import io.aicore.testkit.CallEvents;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Every observation ends, however the call ends. */
class ObservationEndTest extends ObservedCalls {

    @Test
    void anAttemptThatTheCircuitRefusedBeginsAgainUnderItsNumber() {
        CircuitSettings touchy = CircuitSettings.defaults().minimumCalls(1).openTime(Duration.ofSeconds(3));
        ScriptedCalls provider = provider(config -> config.circuitSettings(touchy))
                .fails(ScriptedCalls.overloaded())
                .answers();

        complete(provider);

        assertThat(recorded.events).anySatisfy(event -> {
            assertThat(event.name()).isEqualTo("aicore.circuit.wait");
            assertThat(event.attributes()).containsOnlyKeys("aicore.attempt.number", "aicore.delay");
        });
        assertThat(recorded.attempts())
                .extracting(attempt -> attempt.attempt().number())
                .startsWith(1)
                .endsWith(2);
        recorded.nothingIsOpen();
    }

    @Test
    void aWaitForAdmissionIsAnEventOfTheCall() {
        ScriptedCalls provider = provider(config -> config.retrySettings(retry -> retry.maxRetries(0)))
                .fails(ScriptedCalls.rateLimited(Duration.ofSeconds(2)))
                .answers();
        provider.complete(ScriptedCalls.PROMPT).subscribe(answer -> {}, error -> {});

        complete(provider);

        assertThat(recorded.events).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("aicore.admission.wait");
            assertThat(event.attributes())
                    .containsEntry("aicore.attempt.number", 1L)
                    .containsEntry("aicore.cause", "the gate of the rate limit is closed")
                    .containsOnlyKeys("aicore.attempt.number", "aicore.delay", "aicore.cause");
        });
        recorded.nothingIsOpen();
    }

    @Test
    void aCancelledCallLeavesNothingOpen() {
        ScriptedCalls provider = provider().then(Flux.never());

        Disposable caller = provider.complete(ScriptedCalls.PROMPT).subscribe();
        assertThat(recorded.started).hasSize(2);
        caller.dispose();

        recorded.nothingIsOpen();
        assertThat(Recorded.tags(recorded.call()))
                .containsEntry("aicore.outcome", "cancelled")
                .doesNotContainKey("error.type");
        assertThat(Recorded.tags(recorded.attempts().get(0))).containsEntry("aicore.outcome", "cancelled");
    }

    @Test
    void aCallCancelledDuringAWaitLeavesNothingOpen() {
        ScriptedCalls provider = provider().fails(ScriptedCalls.overloaded());

        Disposable caller = provider.complete(ScriptedCalls.PROMPT).subscribe();
        time.advanceTimeBy(Duration.ofMillis(500));
        caller.dispose();

        recorded.nothingIsOpen();
        assertThat(Recorded.tags(recorded.call())).containsEntry("aicore.outcome", "cancelled");
    }

    @Test
    void aCallThatTheDeadlineEndsLeavesNothingOpen() {
        ScriptedCalls provider = provider(
                        config -> config.retrySettings(RetrySettings.defaults().deadline(Duration.ofSeconds(5))))
                .then(Flux.never());

        fail(provider);

        recorded.nothingIsOpen();
        assertThat(Recorded.tags(recorded.call()))
                .containsEntry("error.type", "timeout")
                .containsEntry("aicore.give_up.reason", "deadline");
        assertThat(Recorded.tags(recorded.attempts().get(0))).containsEntry("error.type", "timeout");
    }

    @Test
    void anAttemptThatBeginsAfterTheEndIsNotLeftOpen() {
        CallObservation call = begun();

        call.ended(CallEvents.end(CallOutcome.CANCELLED));
        call.onEvent(CallEvents.started(2));

        assertThat(recorded.attempts()).hasSize(1);
        recorded.nothingIsOpen();
    }

    @Test
    void aHandlerThatThrowsChangesNothing() {
        registry.observationConfig().observationHandler(new Broken());
        ScriptedCalls provider = provider().fails(ScriptedCalls.overloaded()).answers();

        StepVerifier.create(provider.complete(ScriptedCalls.PROMPT))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .assertNext(answer -> assertThat(answer.text()).isEqualTo(ScriptedCalls.ANSWER))
                .verifyComplete();

        assertThat(recorded.attempts()).hasSize(2);
        recorded.nothingIsOpen();
    }

    /** Throws whatever it is told. */
    private static final class Broken implements ObservationHandler<Observation.Context> {

        @Override
        public void onStart(Observation.Context context) {
            throw new IllegalStateException("start");
        }

        @Override
        public void onError(Observation.Context context) {
            throw new IllegalStateException("error");
        }

        @Override
        public void onEvent(Observation.Event event, Observation.Context context) {
            throw new IllegalStateException("event");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
