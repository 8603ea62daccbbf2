package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.limit.AdmissionRejectedException.Bound;
import io.aicore.limit.RateReport.Quota;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** One call's 429 is every call's knowledge (rows 26 to 28). */
class GateTest {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Test
    void nobodyAsksBeforeTheServersTime() {
        Crowd crowd = Crowd.standard();
        crowd.limited(RETRY_AFTER);
        crowd.calls(200);
        crowd.pass(RETRY_AFTER);
        assertThat(crowd.admittedAt).isEmpty();
        assertThat(crowd.admission.snapshot().waiting()).isEqualTo(200);
    }

    @Test
    void afterItTheyComeSpreadOut() {
        Crowd crowd = Crowd.standard();
        crowd.limited(RETRY_AFTER);
        crowd.calls(200);
        crowd.serve(Duration.ofSeconds(40), Duration.ofMillis(20), permit -> AttemptOutcome.SUCCESS);
        assertThat(crowd.admittedAt).hasSize(200);
        assertThat(crowd.rejected).isEmpty();
        assertThat(crowd.admittedAt.get(0)).isBetween(2_000_000_000L, 2_500_000_000L);
        assertThat(crowd.peak(Duration.ofSeconds(1))).isBetween(5, 60);
    }

    @Test
    void theRateIsTheOneBefore() {
        Crowd crowd = Crowd.standard();
        for (int i = 0; i < 100; i++) {
            crowd.call();
            crowd.pass(20);
            crowd.end(AttemptOutcome.SUCCESS);
        }
        crowd.limited(RETRY_AFTER);
        crowd.admittedAt.clear();
        crowd.calls(300);
        crowd.serve(Duration.ofSeconds(5), Duration.ofMillis(20), permit -> AttemptOutcome.SUCCESS);
        long opened = crowd.admittedAt.get(0);
        long firstSecond = crowd.admittedAt.stream()
                .filter(at -> at - opened < 1_000_000_000L)
                .count();
        assertThat(firstSecond).isBetween(35L, 55L);
    }

    @Test
    void aShorterRetryAfterNeverShortensALongerOne() {
        Crowd crowd = Crowd.standard();
        AdmissionPermit first = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        AdmissionPermit second = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        first.end(AttemptOutcome.limited(Duration.ofSeconds(10)));
        second.end(AttemptOutcome.limited(Duration.ofMillis(100)));
        crowd.call();
        crowd.pass(9_990);
        assertThat(crowd.admittedAt).isEmpty();
        crowd.pass(2_520);
        assertThat(crowd.admittedAt).hasSize(1);
    }

    @Test
    void anotherKeyIsNotHeld() {
        Crowd crowd = Crowd.standard();
        crowd.limited(RETRY_AFTER);
        AdmissionLane other = crowd.admission.lane("key-2", crowd.circuit);
        for (int i = 0; i < 50; i++) {
            crowd.call(other, AdmissionCall.create(), i);
        }
        assertThat(crowd.admittedAt).hasSize(50).allMatch(at -> at == 0);
    }

    @Test
    void lanesOfOneKeyShareItsGate() {
        Crowd crowd = Crowd.standard();
        CircuitBreaker otherModel =
                CircuitBreaker.of("other model", CircuitSettings.defaults(), crowd.clock, () -> 0.5);
        crowd.limited(RETRY_AFTER);
        crowd.call(crowd.admission.lane(Crowd.KEY, otherModel), AdmissionCall.create(), "other");
        crowd.pass(RETRY_AFTER);
        assertThat(crowd.admittedAt).isEmpty();
    }

    @Test
    void aWaitBeyondTheSettingFailsAtOnceWithTheTimeToWait() {
        Crowd crowd = new Crowd(AdmissionSettings.interactive());
        crowd.limited(Duration.ofSeconds(10));
        crowd.call();
        assertThat(crowd.rejected).singleElement().isInstanceOfSatisfying(AdmissionRejectedException.class, why -> {
            assertThat(why.bound()).isEqualTo(Bound.MAX_WAIT);
            assertThat(why.untilAdmission()).isBetween(Duration.ofSeconds(10), Duration.ofMillis(12_500));
            assertThat(why).hasMessageContaining("maxWait (2 s)").hasMessageContaining("expected in 1");
        });
        assertThat(crowd.admission.snapshot().waiting()).isZero();
    }

    @Test
    void aWaitPastTheDeadlineFailsAtOnce() {
        Crowd crowd = Crowd.standard();
        crowd.limited(Duration.ofSeconds(10));
        AdmissionCall call = AdmissionCall.create().deadline(crowd.now() + 3_000_000_000L);
        crowd.call(crowd.lane, call, "late");
        assertThat(crowd.rejected)
                .singleElement()
                .isInstanceOfSatisfying(
                        AdmissionRejectedException.class,
                        why -> assertThat(why.bound()).isEqualTo(Bound.DEADLINE));
    }

    @Test
    void whoWaitsIsRejectedWhenTheGateClosesForLongerThanItMayWait() {
        Crowd crowd = new Crowd(AdmissionSettings.interactive());
        AdmissionPermit inFlight = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        crowd.limited(Duration.ofSeconds(1));
        crowd.call();
        assertThat(crowd.rejected).isEmpty();
        inFlight.end(AttemptOutcome.limited(Duration.ofSeconds(30)));
        crowd.pass(1);
        assertThat(crowd.rejected).hasSize(1);
    }

    @Test
    void theQueueIsBoundedAndSaysSo() {
        Crowd crowd = new Crowd(AdmissionSettings.standard().maxWaiting(10));
        crowd.limited(RETRY_AFTER);
        crowd.calls(11);
        assertThat(crowd.rejected).singleElement().isInstanceOfSatisfying(AdmissionRejectedException.class, why -> {
            assertThat(why.bound()).isEqualTo(Bound.MAX_WAITING);
            assertThat(why).hasMessageContaining("maxWaiting (10 waiting)");
        });
    }

    @Test
    void tenThousandLeaveAtOnceAndLeaveNothing() {
        Crowd crowd = new Crowd(AdmissionSettings.standard().maxWaiting(10_000));
        crowd.limited(RETRY_AFTER);
        crowd.calls(10_000);
        crowd.waiting.forEach(Disposable::dispose);
        AdmissionSnapshot after = crowd.admission.snapshot();
        assertThat(after.waiting()).isZero();
        assertThat(after.inFlight()).isZero();
        assertThat(after.gates().get(Crowd.KEY).waiting()).isZero();
        crowd.pass(60_000);
        assertThat(crowd.admittedAt).isEmpty();
        assertThat(crowd.rejected).isEmpty();
    }

    @Test
    void aSlowLaneKnowsWhatItsProviderAccepts() {
        Gate gate = new Gate("key", 0);
        for (int i = 0; i < 12; i++) {
            long now = Duration.ofSeconds(2).multipliedBy(i).toNanos();
            gate.countRequest(now);
            if (i % 6 == 5) {
                gate.countRefusal(now);
                gate.refused(now, false);
            } else {
                gate.accepted(now);
            }
        }
        assertThat(gate.perSecond()).as("10 in 22 s were accepted").isBetween(0.25, 0.46);
    }

    @Test
    void leavingFreesThePlaceAtOnce() {
        Crowd crowd = new Crowd(AdmissionSettings.standard().maxWaiting(1));
        crowd.limited(RETRY_AFTER);
        crowd.call().dispose();
        crowd.call();
        assertThat(crowd.rejected).isEmpty();
    }

    @Test
    void whatRemainsIsKept() {
        Crowd crowd = Crowd.standard();
        AdmissionPermit first = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        first.report(requests(null, 0, Duration.ofSeconds(3)));
        first.end(AttemptOutcome.SUCCESS);
        first.release();
        crowd.calls(20);
        crowd.pass(2_990);
        assertThat(crowd.admittedAt).isEmpty();
        crowd.serve(Duration.ofSeconds(10), Duration.ofMillis(20), permit -> AttemptOutcome.SUCCESS);
        assertThat(crowd.admittedAt).hasSize(20);
        assertThat(crowd.peak(Duration.ofSeconds(1))).isLessThanOrEqualTo(12);
    }

    @Test
    void noMoreGoThanRemain() {
        Crowd crowd = Crowd.standard();
        AdmissionPermit first = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        AdmissionPermit second = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        // Four remain after the first, of which the second may already be one.
        first.report(requests(null, 4, Duration.ofSeconds(3)));
        crowd.calls(10);
        assertThat(crowd.admittedAt).hasSize(3);
        second.report(requests(null, 8, Duration.ofSeconds(3)));
        crowd.pass(1);
        assertThat(crowd.admittedAt).hasSize(8);
    }

    @Test
    void itSlowsDownBeforeTheLimit() {
        Crowd crowd = Crowd.standard();
        AdmissionPermit first = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        first.report(requests(100L, 10, Duration.ofSeconds(10)));
        crowd.calls(10);
        crowd.pass(5_000);
        assertThat(crowd.admittedAt.size()).isBetween(4, 7);
    }

    @Test
    void anAnswerThatWasOvertakenSaysNothingNew() {
        Crowd crowd = Crowd.standard();
        AdmissionPermit first = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        AdmissionPermit second = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        second.report(requests(null, 0, Duration.ofSeconds(3)));
        first.report(requests(null, 50, Duration.ofSeconds(3)));
        crowd.call();
        assertThat(crowd.admittedAt).isEmpty();
    }

    @Test
    void tokensAreReservedAndCorrected() {
        Crowd crowd = Crowd.standard();
        AdmissionPermit first = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        Quota tokens = new Quota(null, 100L, Duration.ofSeconds(5));
        first.report(new RateReport(Quota.UNKNOWN, tokens));
        AdmissionCall large = AdmissionCall.create().cost(60);
        crowd.call(crowd.lane, large, "first");
        crowd.call(crowd.lane, large, "second");
        assertThat(crowd.order).isEqualTo(List.of("first"));
        crowd.permits.get(0).used(20);
        crowd.call(crowd.lane, AdmissionCall.create().cost(1), "wakes nobody but itself");
        crowd.pass(1);
        assertThat(crowd.order).contains("second");
    }

    @Test
    void aCallThatCostsMoreThanTheWholeLimitIsNotHeldForEver() {
        Crowd crowd = Crowd.standard();
        AdmissionPermit first = crowd.lane.tryAdmit(AdmissionCall.create(), false);
        first.report(new RateReport(Quota.UNKNOWN, new Quota(1_000L, 1_000L, Duration.ofSeconds(1))));
        crowd.call(crowd.lane, AdmissionCall.create().cost(5_000), "huge");
        crowd.pass(1_000);
        assertThat(crowd.order).contains("huge");
    }

    @Test
    void aRetryAfterOfADayIsNotADayOfSilence() {
        Crowd crowd = new Crowd(AdmissionSettings.batch());
        crowd.limited(Duration.ofDays(1));
        crowd.call();
        crowd.pass(Gate.LONGEST_HOLD.multipliedBy(2));
        assertThat(crowd.admittedAt).hasSize(1);
    }

    @Test
    void switchedOffNothingIsHeld() {
        Crowd crowd = new Crowd(AdmissionSettings.disabled());
        crowd.limited(RETRY_AFTER);
        crowd.calls(50);
        assertThat(crowd.admittedAt).hasSize(50);
    }

    @Test
    void whoDoesNotWaitIsToldHowLongItWouldTake() {
        Crowd crowd = Crowd.standard();
        crowd.limited(RETRY_AFTER);
        assertThatThrownBy(() -> crowd.lane.tryAdmit(AdmissionCall.create(), false))
                .isInstanceOfSatisfying(
                        AdmissionRejectedException.class,
                        why -> assertThat(why.untilAdmission()).isBetween(RETRY_AFTER, RETRY_AFTER.multipliedBy(2)));
        assertThat(crowd.admission.snapshot().waiting()).isZero();
    }

    private static RateReport requests(Long limit, long remaining, Duration reset) {
        return new RateReport(new Quota(limit, remaining, reset), Quota.UNKNOWN);
    }
}
