package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Lanes are kept while they are in use, and for half an hour after. */
class AdmissionLanesTest {

    private final Crowd crowd = Crowd.standard();

    @Test
    void aLaneUnusedForHalfAnHourIsForgotten() {
        AdmissionLane unused = crowd.admission.lane("unused", crowd.circuit);
        crowd.pass(AdmissionLanes.IDLE.minusSeconds(1));
        another();
        assertThat(crowd.admission.lane("unused", crowd.circuit)).isSameAs(unused);
        crowd.pass(Duration.ofSeconds(1));
        another();
        assertThat(crowd.admission.snapshot().gates()).doesNotContainKey("unused");
        assertThat(crowd.admission.lane("unused", crowd.circuit)).isNotSameAs(unused);
    }

    @Test
    void oneWithAnAttemptInFlightAWaiterOrAClosedGateIsNot() {
        AdmissionLane busy = crowd.admission.lane("busy", crowd.circuit);
        AdmissionPermit inFlight = busy.tryAdmit(AdmissionCall.create(), false);
        AdmissionLane held = crowd.admission.lane("held", crowd.circuit);
        AdmissionPermit refused = held.tryAdmit(AdmissionCall.create(), false);
        refused.end(AttemptOutcome.limited(Duration.ofMinutes(50)));
        refused.release();
        crowd.pass(AdmissionLanes.IDLE.plusSeconds(1));
        another();
        assertThat(crowd.admission.lane("busy", crowd.circuit)).isSameAs(busy);
        assertThat(crowd.admission.lane("held", crowd.circuit)).isSameAs(held);
        inFlight.release();
        crowd.pass(AdmissionLanes.IDLE);
        another();
        assertThat(crowd.admission.lane("busy", crowd.circuit)).isNotSameAs(busy);
    }

    @Test
    void thoseThatWaitAreKept() {
        Crowd patient = new Crowd(AdmissionSettings.batch());
        AdmissionLane lane = patient.admission.lane("waited for", patient.circuit);
        AdmissionPermit refused = lane.tryAdmit(AdmissionCall.create(), false);
        refused.end(AttemptOutcome.limited(Duration.ofMinutes(50)));
        refused.release();
        Disposable waiter = patient.call(lane, AdmissionCall.create(), "waits");
        patient.pass(AdmissionLanes.IDLE.plusSeconds(1));
        patient.admission.lane("another", patient.circuit);
        assertThat(waiter.isDisposed()).isFalse();
        assertThat(patient.admission.lane("waited for", patient.circuit)).isSameAs(lane);
    }

    @Test
    void oneThatWasRefusedOrItsCircuitOpenIsForgottenTooWhenNobodyComesBack() {
        AdmissionLane refused = crowd.admission.lane("refused", crowd.circuit);
        AdmissionPermit permit = refused.tryAdmit(AdmissionCall.create(), false);
        permit.end(AttemptOutcome.limited(Duration.ofSeconds(1)));
        permit.release();
        crowd.pass(11_000);
        crowd.breakCircuit();
        crowd.pass(10_000);
        crowd.call();
        crowd.end(AttemptOutcome.SUCCESS);
        assertThat(crowd.circuit.state()).isEqualTo(CircuitState.CLOSED);
        crowd.pass(AdmissionLanes.IDLE.plusSeconds(1));
        another();
        assertThat(crowd.admission.snapshot().gates()).doesNotContainKey("refused");
    }

    @Test
    void whileAllAreInUseAFurtherKeyIsRejectedAtOnceAndSaysWhy() {
        List<AdmissionPermit> permits = new ArrayList<>();
        for (int key = 1; key < AdmissionLanes.MOST; key++) {
            AdmissionLane lane = crowd.admission.lane("key " + key, crowd.circuit);
            permits.add(lane.tryAdmit(AdmissionCall.create(), false));
        }
        permits.add(crowd.lane.tryAdmit(AdmissionCall.create(), false));
        crowd.call(crowd.admission.lane("further", crowd.circuit), AdmissionCall.create(), "further");
        assertThat(crowd.rejected).singleElement().isInstanceOfSatisfying(AdmissionRejectedException.class, why -> {
            assertThat(why.bound()).isEqualTo(AdmissionRejectedException.Bound.MAX_KEYS);
            assertThat(why)
                    .hasMessageContaining("too many credentials and models are in use at once, keys (10000 in use)");
        });
        assertThat(crowd.admission.snapshot().gates()).hasSize(AdmissionLanes.MOST);
        crowd.call();
        assertThat(crowd.admittedAt).as("a known key is not concerned").hasSize(1);

        permits.forEach(AdmissionPermit::release);
        crowd.pass(1_000);
        crowd.call(crowd.admission.lane("further", crowd.circuit), AdmissionCall.create(), "further");
        assertThat(crowd.order).containsExactly("call", "further");
        assertThat(crowd.admission.snapshot().gates()).containsKey("further").hasSizeLessThan(AdmissionLanes.MOST);
    }

    @Test
    void withAdmissionOffNoKeyIsRejected() {
        for (int key = 1; key < AdmissionLanes.MOST; key++) {
            crowd.admission.lane("key " + key, crowd.circuit).tryAdmit(AdmissionCall.create(), false);
        }
        crowd.admission.settings(AdmissionSettings.disabled());
        crowd.call(crowd.admission.lane("further", crowd.circuit), AdmissionCall.create(), "further");
        assertThat(crowd.admittedAt).hasSize(1);
    }

    /** A new lane makes room. */
    private void another() {
        crowd.admission.lane("another " + crowd.now(), crowd.circuit);
    }
}
