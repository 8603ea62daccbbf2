package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionEvent.WaitBegan;
import io.aicore.limit.AdmissionEvent.WaitEnded;
import io.aicore.limit.AdmissionEvent.WaitReason;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionPermit;
import io.aicore.limit.AdmissionRejectedException;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.ConcurrencySettings;
import io.aicore.limit.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A call that waits for admission is told so, as one of its events. */
class AdmissionEventTest {

    private final Trial trial = new Trial();
    private final CircuitBreaker circuit =
            CircuitBreaker.of("model", CircuitSettings.admitted(), trial.time, () -> 0.5);
    private Admission admission = admission(ConcurrencySettings.unlimited());

    private Admission admission(ConcurrencySettings concurrency) {
        return Admission.of("provider", AdmissionSettings.standard(), concurrency, trial.time, () -> 0.5);
    }

    private AdmissionLane lane() {
        return admission.lane("key", circuit);
    }

    private Mono<String> attempt(Object... outcomes) {
        return lane().protect(trial.script(outcomes), AdmissionEventTest::outcome);
    }

    private static AttemptOutcome outcome(Throwable error) {
        return AttemptOutcome.of(CircuitBreaker.defaultOutcome(error));
    }

    private void closeGate(long seconds) {
        AdmissionPermit permit = lane().tryAdmit(AdmissionCall.create(), false);
        permit.end(AttemptOutcome.limited(Duration.ofSeconds(seconds)));
        permit.release();
    }

    private List<AdmissionEvent> waits() {
        return trial.events(RetryEvent.Admission.class).stream()
                .map(RetryEvent.Admission::event)
                .toList();
    }

    private WaitBegan began() {
        return (WaitBegan) waits().get(0);
    }

    @Test
    void aCallAtAClosedGateIsToldHowLongAndWhenItGoes() {
        closeGate(4);
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(attempt("fine")));
        Duration closed = Duration.ofMillis(4_500);
        assertThat(waits()).containsExactly(new WaitBegan("provider", "key", WaitReason.GATE, closed));
        trial.pass(5);

        assertThat(outcome.values).containsExactly("fine");
        assertThat(trial.eventNames()).containsExactly("AttemptStarted", "Admission", "Admission", "Succeeded");
        assertThat(waits().get(1)).isEqualTo(new WaitEnded("provider", "key", closed, true));
        assertThat(trial.events(RetryEvent.Admission.class))
                .extracting(RetryEvent.Admission::why)
                .containsExactly(
                        "waits at least 4.5 s for admission: the gate of the rate limit is closed",
                        "admitted after 4.5 s");
        assertThat(trial.events(RetryEvent.Admission.class))
                .allMatch(event -> event.number() == 1)
                .allMatch(event -> event.callId().equals(trial.events.get(0).callId()));
    }

    @Test
    void thoseBehindTheFirstAreToldThePace() {
        closeGate(4);
        trial.pass(5);
        trial.run(trial.retry().protect(attempt("first")));
        trial.run(trial.retry().protect(attempt("second")));

        assertThat(began().reason()).isEqualTo(WaitReason.PACE);
        assertThat(began().expected()).isPositive();
    }

    @Test
    void aCallWithoutAPlaceIsToldSoWithoutATime() {
        admission = admission(ConcurrencySettings.fixed(1));
        AdmissionPermit taken = lane().tryAdmit(AdmissionCall.create(), false);
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(attempt("fine")));
        assertThat(waits()).containsExactly(new WaitBegan("provider", "key", WaitReason.LIMIT, Duration.ZERO));
        assertThat(trial.events(RetryEvent.Admission.class).get(0).why())
                .isEqualTo("waits for admission: all places are in use");
        trial.pass(1);
        taken.release();

        assertThat(outcome.values).containsExactly("fine");
        assertThat(waits().get(1)).isEqualTo(new WaitEnded("provider", "key", Duration.ofSeconds(1), true));
    }

    @Test
    void aCallAtAnOpenCircuitIsToldWhenItsProbeIsDue() {
        for (int i = 0; i < circuit.settings().minimumCalls(); i++) {
            circuit.tryAcquire().end(Outcome.FAILURE);
        }
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(attempt("fine")));
        assertThat(waits())
                .containsExactly(new WaitBegan("provider", "key", WaitReason.CIRCUIT, Duration.ofSeconds(2)));
        trial.pass(2);

        assertThat(outcome.values).containsExactly("fine");
    }

    @Test
    void aCallThatIsRejectedAfterItsWaitIsToldSo() {
        admission = admission(ConcurrencySettings.fixed(1).pendingTimeout(Duration.ofSeconds(3)));
        AdmissionPermit taken = lane().tryAdmit(AdmissionCall.create(), false);
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(attempt("never")));
        trial.pass(3);

        assertThat(outcome.error).isInstanceOf(AdmissionRejectedException.class);
        assertThat(trial.eventNames())
                .containsExactly("AttemptStarted", "Admission", "Admission", "AttemptFailed", "GaveUp");
        assertThat(waits().get(1)).isEqualTo(new WaitEnded("provider", "key", Duration.ofSeconds(3), false));
        taken.release();
    }

    @Test
    void aCallThatNeedNotWaitIsToldNothing() {
        trial.run(trial.retry().protect(attempt("fine")));

        assertThat(trial.eventNames()).containsExactly("AttemptStarted", "Succeeded");
    }

    @Test
    void aCallerThatLeavesIsToldNoMore() {
        closeGate(4);
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(attempt("never")));
        outcome.subscription.dispose();
        trial.pass(60);

        assertThat(trial.eventNames()).containsExactly("AttemptStarted", "Admission", "Cancelled");
        assertThat(admission.snapshot().waiting()).isZero();
    }

    @Test
    void theRetryOfAPlainRetryWhenIsTold() {
        Mono<String> attempts = attempt(Trial.reset(), "fine");
        Trial.Outcome<String> outcome = trial.run(attempts.retryWhen(trial.retry()));
        closeGate(4);
        trial.pass(60);

        assertThat(outcome.values).containsExactly("fine");
        assertThat(waits()).hasSize(2);
        assertThat(trial.events(RetryEvent.Admission.class)).allMatch(event -> event.number() == 2);
    }

    @Test
    void onlyTheInnermostCallIsTold() {
        closeGate(4);
        List<RetryEvent> inner = new ArrayList<>();
        RetryOnFailure asking = trial.silentRetry(Trial.settings()).listener(inner::add);
        trial.run(trial.retry().protect(asking.protect(attempt("fine"))));
        trial.pass(60);

        assertThat(inner).filteredOn(RetryEvent.Admission.class::isInstance).hasSize(2);
        assertThat(waits()).isEmpty();
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        closeGate(4);
        RetryOnFailure retry = trial.silentRetry(Trial.settings()).listener(event -> {
            if (event instanceof RetryEvent.Admission) {
                throw new IllegalStateException("listener bug");
            }
        });
        Trial.Outcome<String> outcome = trial.run(retry.protect(attempt("fine")));
        trial.pass(60);

        assertThat(outcome.values).containsExactly("fine");
        assertThat(admission.snapshot().inFlight()).isZero();
    }

    @Test
    void theEndIsToldAfterTheBeginningThoughItComesMeanwhile() {
        closeGate(4);
        List<String> order = new ArrayList<>();
        RetryOnFailure retry = trial.silentRetry(Trial.settings()).listener(event -> {
            if (event instanceof RetryEvent.Admission wait) {
                if (wait.event() instanceof WaitBegan) {
                    trial.pass(60);
                }
                order.add(wait.event().getClass().getSimpleName());
            }
        });
        trial.run(retry.protect(attempt("fine")).doOnNext(value -> order.add(value)));

        assertThat(order).containsExactly("WaitBegan", "WaitEnded", "fine");
    }

    @Test
    void aListenerThatHangsIsLeftAtTheDeadlineAndKeepsNothing() throws InterruptedException {
        closeGate(4);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        RetryOnFailure retry = trial.silentRetry(Trial.settings().deadline(Duration.ofSeconds(40)))
                .listener(event -> {
                    if (event instanceof RetryEvent.Admission) {
                        told.countDown();
                        awaitQuietly(free);
                    }
                });
        List<Throwable> errors = new ArrayList<>();
        Mono<String> call = retry.protect(attempt("late"));
        Thread caller = new Thread(() -> call.subscribe(value -> {}, errors::add));
        caller.start();
        told.await();
        trial.pass(20);
        assertThat(admission.snapshot().inFlight()).isEqualTo(1);
        trial.pass(20);
        assertThat(errors).singleElement().isInstanceOf(RetryDeadlineException.class);
        assertThat(admission.snapshot().inFlight()).isZero();
        assertThat(admission.snapshot().waiting()).isZero();
        free.countDown();
        caller.join();

        assertThat(trial.attempts).isEmpty();
        assertThat(errors).hasSize(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
