package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A batch begins slowly with a key whose limit nobody knows, and nobody else notices. */
class BatchStartTest {

    private final Crowd crowd = new Crowd(AdmissionSettings.batch());

    @Test
    void sixteenGoAtOnceAndTwiceAsManyWithEachHalfSecond() {
        crowd.calls(200);
        assertThat(crowd.admittedAt).hasSize(16);
        crowd.pass(500);
        assertThat(crowd.admittedAt).hasSize(32);
        crowd.pass(500);
        assertThat(crowd.admittedAt).hasSize(64);
        crowd.pass(1_000);
        assertThat(crowd.admittedAt).hasSize(200);
        assertThat(crowd.rejected).isEmpty();
        crowd.calls(5);
        assertThat(crowd.admittedAt).hasSize(205);
    }

    @Test
    void aRefusalLeavesTheRestToThePace() {
        crowd.calls(200);
        crowd.pass(50);
        crowd.end(AttemptOutcome.limited(Duration.ofSeconds(1)));
        int sent = crowd.admittedAt.size();
        assertThat(sent).isLessThan(20);
        crowd.pass(990);
        assertThat(crowd.admittedAt).as("the gate is closed").hasSize(sent);
        assertThat(crowd.lane.gate().start().until(crowd.now())).isEqualTo(crowd.now());
    }

    @Test
    void whoIsInMoreOfAHurryDoesNotWaitForIt() {
        crowd.calls(100);
        assertThat(crowd.admittedAt).hasSize(16);
        crowd.call(crowd.lane, AdmissionCall.create().priority(Priority.INTERACTIVE), "person");
        crowd.pass(0);
        assertThat(crowd.order).contains("person");

        Crowd hurried = new Crowd(AdmissionSettings.batch());
        for (int i = 0; i < 100; i++) {
            long deadline = hurried.now() + Duration.ofSeconds(59).toNanos();
            hurried.call(hurried.lane, AdmissionCall.create().deadline(deadline), i);
        }
        assertThat(hurried.admittedAt).hasSize(100);
        Crowd standard = Crowd.standard();
        standard.calls(5_000);
        assertThat(standard.admittedAt).hasSize(5_000);
        Crowd impatient = new Crowd(AdmissionSettings.batch().maxWait(Duration.ofSeconds(10)));
        impatient.calls(100);
        assertThat(impatient.admittedAt).hasSize(100);
    }

    @Test
    void nobodyIsRejectedForIt() {
        crowd.calls(10_000);
        crowd.pass(0);
        assertThat(crowd.rejected).isEmpty();
        assertThat(crowd.admittedAt).hasSize(10_000);

        Crowd small = new Crowd(AdmissionSettings.batch().maxWaiting(0));
        small.calls(100);
        assertThat(small.admittedAt).hasSize(100);
        crowd.lane.tryAdmit(AdmissionCall.create(), false).release();
    }

    @Test
    void whoDoesNotWaitIsNotHeldByIt() {
        for (int i = 0; i < 100; i++) {
            crowd.lane.tryAdmit(AdmissionCall.create(), false);
        }
        assertThat(crowd.admission.snapshot().inFlight()).isEqualTo(100);
    }

    @Test
    void afterAMinuteWithoutCallsTheLimitIsUnknownAgain() {
        crowd.calls(100);
        crowd.pass(2_000);
        crowd.end(AttemptOutcome.SUCCESS);
        crowd.pass(30_000);
        crowd.calls(100);
        assertThat(crowd.admittedAt).hasSize(200);
        crowd.end(AttemptOutcome.SUCCESS);
        crowd.pass(60_000);
        crowd.calls(100);
        assertThat(crowd.admittedAt).hasSize(216);
    }
}
