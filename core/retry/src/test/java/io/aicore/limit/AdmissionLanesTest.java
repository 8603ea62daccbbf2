package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

    /** A new lane makes room. */
    private void another() {
        crowd.admission.lane("another " + crowd.now(), crowd.circuit);
    }
}
