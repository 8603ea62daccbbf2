package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.AdmissionRejectedException.Bound;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits for a circuit or for a place, how long, and who goes first. */
class WaitingTest {

    @Test
    void callsWaitForTheProbeOfAnOpenCircuit() {
        Crowd crowd = Crowd.standard();
        crowd.breakCircuit();
        crowd.calls(20);
        assertThat(crowd.rejected).isEmpty();
        crowd.pass(3_010);
        assertThat(crowd.admittedAt).as("one of them is the probe").hasSize(1);
        crowd.end(AttemptOutcome.SUCCESS);
        crowd.serve(Duration.ofSeconds(30), Duration.ofMillis(20), permit -> AttemptOutcome.SUCCESS);
        assertThat(crowd.admittedAt).hasSize(20);
        assertThat(crowd.rejected).isEmpty();
        assertThat(crowd.peak(Duration.ofMillis(500))).as("released paced").isLessThanOrEqualTo(10);
    }

    @Test
    void afterFiveSecondsAtTheCircuitTheyFail() {
        Crowd crowd = Crowd.standard();
        crowd.breakCircuit();
        crowd.calls(5);
        crowd.pass(3_010);
        assertThat(crowd.admittedAt).hasSize(1);
        crowd.pass(2_000);
        assertThat(crowd.rejected).hasSize(4).allMatch(CallNotPermittedException.class::isInstance);
    }

    @Test
    void theWaitCountsOnlyWhileTheCircuitIsNotClosed() {
        Crowd crowd = Crowd.standard();
        crowd.breakCircuit();
        crowd.calls(30);
        crowd.pass(3_010);
        crowd.end(AttemptOutcome.SUCCESS);
        // At some two a second the last goes much later than five seconds after it came.
        crowd.serve(Duration.ofSeconds(20), Duration.ofMillis(20), permit -> AttemptOutcome.SUCCESS);
        assertThat(crowd.rejected).isEmpty();
        assertThat(crowd.admittedAt).hasSize(30);
    }

    @Test
    void aWaitThatCannotEndInTimeFailsAtOnce() {
        Crowd crowd = new Crowd(AdmissionSettings.standard().circuitWait(Duration.ofMillis(500)));
        crowd.breakCircuit();
        crowd.call();
        assertThat(crowd.rejected).singleElement().isInstanceOf(CallNotPermittedException.class);
    }

    @Test
    void withoutAWaitAnOpenCircuitFailsAtOnce() {
        Crowd crowd = new Crowd(AdmissionSettings.standard().circuitWait(Duration.ZERO));
        crowd.breakCircuit();
        crowd.call();
        assertThat(crowd.rejected).singleElement().isInstanceOf(CallNotPermittedException.class);
        crowd.pass(3_010);
        crowd.call();
        assertThat(crowd.admittedAt).as("the probe").hasSize(1);
    }

    @Test
    void theAllowanceForCircuitsIsOneForAllAttempts() {
        Crowd crowd = Crowd.standard();
        crowd.circuit.settings(CircuitSettings.defaults()
                .openTime(Duration.ofSeconds(4))
                .maxOpenTime(Duration.ofSeconds(4))
                .maxWait(Duration.ofSeconds(7)));
        crowd.breakCircuit();
        AdmissionCall call = AdmissionCall.create();
        // 6 s at most until the probe, which fails; then the second wait may take what is left of 7 s.
        crowd.call(crowd.lane, call, "first", true);
        crowd.pass(6_010);
        assertThat(crowd.order).isEqualTo(java.util.List.of("first"));
        Duration first = call.waited();
        crowd.end(AttemptOutcome.of(Outcome.FAILURE));
        long began = crowd.now();
        crowd.call(crowd.lane, call, "again", true);
        while (crowd.rejected.isEmpty() && crowd.order.size() == 1) {
            crowd.pass(10);
        }
        Duration second = Duration.ofNanos(crowd.now() - began);
        assertThat(first.plus(second)).isLessThanOrEqualTo(Duration.ofMillis(7_020));
    }

    @Test
    void aCancelledProbePassesToTheNextWaiter() {
        Crowd crowd = Crowd.standard();
        crowd.breakCircuit();
        crowd.calls(2);
        crowd.pass(3_010);
        assertThat(crowd.admittedAt).hasSize(1);
        crowd.permits.get(0).release();
        crowd.pass(1);
        assertThat(crowd.admittedAt).hasSize(2);
        assertThat(crowd.permits.get(1).isProbe()).isTrue();
    }

    @Test
    void aRetryAfterOf503HoldsNoLongerThanTheWaitForTheCircuit() {
        Crowd crowd = Crowd.standard();
        AdmissionPermit permit = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        permit.end(AttemptOutcome.unavailable(Duration.ofSeconds(20)));
        permit.release();
        crowd.call();
        crowd.pass(4_990);
        assertThat(crowd.admittedAt).isEmpty();
        crowd.pass(1_300);
        assertThat(crowd.admittedAt).hasSize(1);
    }

    @Test
    void theProbeKeepsTheCircuitsTimeWhateverA503AsksFor() {
        Crowd crowd = Crowd.standard();
        for (int i = 0; i < 9; i++) {
            crowd.lane.tryAdmit(AdmissionCall.create(), false).end(Outcome.FAILURE);
        }
        crowd.lane.tryAdmit(AdmissionCall.create(), false).end(AttemptOutcome.unavailable(Duration.ofSeconds(20)));
        crowd.call();
        crowd.pass(3_010);
        assertThat(crowd.admittedAt).hasSize(1);
    }

    @Test
    void interactiveGoesBeforeAgentBeforeBatch() {
        Crowd crowd = Crowd.standard();
        crowd.limited(Duration.ofSeconds(1));
        for (Priority priority : new Priority[] {Priority.BATCH, Priority.AGENT, Priority.INTERACTIVE}) {
            for (int i = 0; i < 3; i++) {
                crowd.call(crowd.lane, AdmissionCall.create().priority(priority), priority);
            }
        }
        crowd.serve(Duration.ofSeconds(10), Duration.ofMillis(10), permit -> AttemptOutcome.SUCCESS);
        assertThat(crowd.order)
                .containsExactly(
                        Priority.INTERACTIVE,
                        Priority.INTERACTIVE,
                        Priority.INTERACTIVE,
                        Priority.AGENT,
                        Priority.AGENT,
                        Priority.AGENT,
                        Priority.BATCH,
                        Priority.BATCH,
                        Priority.BATCH);
    }

    @Test
    void ageOvertakesPriority() {
        Crowd crowd = new Crowd(AdmissionSettings.batch());
        crowd.limited(Duration.ofSeconds(60));
        crowd.call(crowd.lane, AdmissionCall.create().priority(Priority.BATCH), "old");
        crowd.pass(41_000);
        crowd.call(crowd.lane, AdmissionCall.create().priority(Priority.INTERACTIVE), "new");
        crowd.serve(Duration.ofSeconds(60), Duration.ofMillis(10), permit -> AttemptOutcome.SUCCESS);
        assertThat(crowd.order).containsExactly("old", "new");
    }

    @Test
    void noMoreAreInFlightThanPlaces() {
        Crowd crowd = new Crowd(AdmissionSettings.standard(), ConcurrencySettings.fixed(3));
        crowd.calls(5);
        assertThat(crowd.admittedAt).hasSize(3);
        crowd.permits.get(0).release();
        crowd.pass(1);
        assertThat(crowd.admittedAt).hasSize(4);
        assertThat(crowd.admission.snapshot().inFlight()).isEqualTo(3);
    }

    @Test
    void theQueueForPlacesIsBoundedByNumberAndTime() {
        ConcurrencySettings one = ConcurrencySettings.fixed(1).maxPending(2).pendingTimeout(Duration.ofSeconds(4));
        Crowd crowd = new Crowd(AdmissionSettings.standard(), one);
        crowd.calls(4);
        assertThat(crowd.rejected)
                .singleElement()
                .isInstanceOfSatisfying(
                        AdmissionRejectedException.class,
                        why -> assertThat(why.bound()).isEqualTo(Bound.MAX_PENDING));
        crowd.pass(4_000);
        assertThat(crowd.rejected).hasSize(3).last().isInstanceOfSatisfying(AdmissionRejectedException.class, why -> {
            assertThat(why.bound()).isEqualTo(Bound.PENDING_TIMEOUT);
            assertThat(why).hasMessageContaining("pendingTimeout (4 s)");
        });
        assertThat(crowd.admission.snapshot().waiting()).isZero();
    }

    @Test
    void anAdaptiveLimitShrinksOncePerRoundAndGrowsBack() {
        Crowd crowd = new Crowd(AdmissionSettings.disabled(), ConcurrencySettings.adaptive(100));
        crowd.calls(100);
        crowd.end(AttemptOutcome.limited(null));
        assertThat(crowd.admission.snapshot().limit()).isBetween(85, 90);
        for (int i = 0; i < 40; i++) {
            crowd.calls(crowd.admission.snapshot().limit());
            crowd.end(AttemptOutcome.SUCCESS);
        }
        assertThat(crowd.admission.snapshot().limit()).isBetween(95, 100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatOneClientLearnsTheOtherKnows(boolean itsLaneIsThere) {
        Crowd first = Crowd.standard();
        AdmissionStore store = AdmissionStore.inMemory();
        Admission one = Admission.of(
                "p", AdmissionSettings.standard(), ConcurrencySettings.unlimited(), first.clock, () -> 0.5, store);
        Admission two = Admission.of(
                "p", AdmissionSettings.standard(), ConcurrencySettings.unlimited(), first.clock, () -> 0.5, store);
        AdmissionLane lane = one.lane("k", first.circuit);
        if (itsLaneIsThere) {
            two.lane("k", first.circuit);
        }
        AdmissionPermit permit = lane.tryAdmit(AdmissionCall.create(), false);
        permit.end(AttemptOutcome.limited(Duration.ofSeconds(2)));
        first.call(two.lane("k", first.circuit), AdmissionCall.create(), "other");
        first.pass(2_000);
        assertThat(first.order).isEmpty();
        first.pass(500);
        assertThat(first.order).containsExactly("other");
    }

    @Test
    void whileProbesHangACallWaitsOnlyForOneThatIsDueInTime() {
        Crowd crowd = Crowd.standard();
        crowd.breakCircuit();
        crowd.pass(3_010);
        crowd.call();
        crowd.pass(5_000);
        crowd.call();
        assertThat(crowd.admittedAt).as("two probes that hang").hasSize(2);
        crowd.pass(1_000);
        crowd.call();
        assertThat(crowd.rejected).as("the next is due in nine seconds").hasSize(1);
        crowd.pass(5_000);
        crowd.call();
        crowd.pass(4_000);
        assertThat(crowd.rejected).hasSize(1);
        assertThat(crowd.admittedAt).as("due in four seconds").hasSize(3);
    }

    @Test
    void theFirstProbeMayStillAnswerAtAnyMoment() {
        Crowd crowd = new Crowd(AdmissionSettings.standard().circuitWait(Duration.ofSeconds(3)));
        crowd.breakCircuit();
        crowd.pass(3_010);
        crowd.call();
        crowd.call();
        assertThat(crowd.rejected).isEmpty();
        crowd.end(AttemptOutcome.SUCCESS);
        crowd.pass(2_000);
        assertThat(crowd.admittedAt).hasSize(2);
    }

    @Test
    void theLeaseAfterASilentOneIsTwiceAsLongWhereCallsWait() {
        Crowd crowd = Crowd.standard();
        crowd.breakCircuit();
        crowd.pass(3_010);
        crowd.call();
        for (int silent = 0; silent < 2; silent++) {
            crowd.pass(crowd.circuit.untilPermitted());
            crowd.call();
            assertThat(crowd.circuit.untilPermitted()).isEqualTo(Duration.ofSeconds(10));
        }
        crowd.permits.get(2).firstByte();
        crowd.call();
        assertThat(crowd.circuit.untilPermitted()).as("after a sign of life").isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatOthersTellOfUnusedKeysIsForgottenWhenItIsOver() {
        Crowd crowd = Crowd.standard();
        AdmissionStore store = AdmissionStore.inMemory();
        Admission admission = Admission.of(
                "p", AdmissionSettings.standard(), ConcurrencySettings.unlimited(), crowd.clock, () -> 0.5, store);
        for (int i = 0; i < 20_000; i++) {
            store.tell(new AdmissionStore.Hold("p", "key-" + i, Duration.ofSeconds(1)));
        }
        assertThat(admission.snapshot().gates()).hasSize(10_000);
        crowd.pass(1_001);
        admission.lane("k", crowd.circuit);
        assertThat(admission.snapshot().gates()).containsOnlyKeys("k");
    }
}
