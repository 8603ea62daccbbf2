package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.AdmissionRejectedException.Bound;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How calls come back after a trouble of their provider, and what is predicted for those that would come too late. */
class ReturnTest {

    private static final AttemptOutcome ASKED_TO_WAIT = AttemptOutcome.unavailable(Duration.ofSeconds(20));
    private static final int RATE = 50;

    private final Crowd crowd = Crowd.standard();

    @Test
    void aRetryAfterOf503HoldsOnceInATrouble() {
        demand(20, AttemptOutcome.SUCCESS);
        int before = crowd.admittedAt.size();
        for (int second = 0; second < 60; second++) {
            oneFails();
            demand(1, AttemptOutcome.SUCCESS);
        }
        assertThat(crowd.admittedAt.size() - before)
                .as("all but those of the end of the one hold")
                .isGreaterThan(60 * RATE - 20);
        assertThat(crowd.rejected).isEmpty();
    }

    @Test
    void aRetryAfterOfALaterTroubleHoldsAgain() {
        demand(10, AttemptOutcome.SUCCESS);
        oneFails();
        demand(70, AttemptOutcome.SUCCESS);
        int before = crowd.admittedAt.size();
        oneFails();
        demand(4, AttemptOutcome.SUCCESS);
        assertThat(crowd.admittedAt.size() - before).as("of 200 asked for").isLessThanOrEqualTo(1);
    }

    @Test
    void thoseHeldByARetryAfterOf503ComeAtLittleMoreThanTheRateBefore() {
        demand(20, AttemptOutcome.SUCCESS);
        oneFails();
        crowd.admittedAt.clear();
        demand(30, AttemptOutcome.SUCCESS);
        assertThat(crowd.peak(Duration.ofSeconds(1))).isBetween(RATE, (int) (1.6 * RATE));
        assertThat(crowd.admission.snapshot().waiting()).isZero();
    }

    @Test
    void whoseWaitForTheCircuitIsLongComesAtNoMoreThan160PercentAfterTenSeconds() {
        demand(20, AttemptOutcome.SUCCESS);
        while (crowd.circuit.state() == CircuitState.CLOSED) {
            demand(1, AttemptOutcome.of(Outcome.FAILURE));
        }
        crowd.calls(15 * RATE);
        while (crowd.circuit.state() != CircuitState.CLOSED) {
            crowd.serve(Duration.ofMillis(100), Duration.ofMillis(20), permit -> AttemptOutcome.SUCCESS);
        }
        crowd.admittedAt.clear();
        demand(19, AttemptOutcome.SUCCESS);
        assertThat(crowd.peak(Duration.ofSeconds(1))).isBetween((int) (1.4 * RATE), (int) (1.65 * RATE));
    }

    @Test
    void theSuccessOfAProbeEndsTheHoldOfOlderRetryAfters() {
        crowd.breakCircuit();
        crowd.calls(3);
        while (crowd.permits.isEmpty()) {
            crowd.pass(10);
        }
        AdmissionPermit probe = crowd.permits.remove(0);
        crowd.call();
        crowd.lane.hold(crowd.now(), Duration.ofSeconds(5), 0);
        probe.end(AttemptOutcome.SUCCESS);
        int before = crowd.admittedAt.size();
        crowd.pass(1_500);
        assertThat(crowd.admittedAt.size()).isGreaterThan(before);
    }

    @Test
    void theRateBeforeIsTheOneBeforeTheHoldThatTheOutageBeganWith() {
        long millisecond = 1_000_000;
        long second = 1_000 * millisecond;
        PacedReturn back = new PacedReturn(0);
        for (long now = 0; now < 10 * second; now += second / RATE) {
            back.sent(now);
        }
        back.hold(10 * second, 16 * second, true);
        back.opened(16 * second);
        back.closed(18 * second);
        back.observe(18 * second, true, false, 0);
        int gone = 0;
        for (long now = 18 * second; now < 19 * second; now += millisecond) {
            if (back.until(now) <= now) {
                back.take();
                gone++;
            }
        }
        assertThat(gone).isBetween((int) (1.2 * RATE), (int) (1.45 * RATE));
    }

    @Test
    void aTroubleThatComesAndGoesDoesNotMakeItForgetWhatTheProviderBore() {
        long second = 1_000_000_000L;
        PacedReturn back = new PacedReturn(0);
        for (long now = 0; now < 10 * second; now += second / RATE) {
            back.sent(now);
        }
        for (long i = 0; i <= 10; i++) {
            back.opened((10 + 5 * i) * second);
            back.closed((12 + 5 * i) * second);
        }
        assertThat(gone(back, 62, 1)).as("careful at first").isLessThan(RATE / 4);
        assertThat(gone(back, 63, 19)).isPositive();
        assertThat(gone(back, 82, 1)).isBetween(RATE, (int) (1.5 * RATE));
    }

    private static int gone(PacedReturn back, long fromSecond, long seconds) {
        int gone = 0;
        for (long millis = 1_000 * fromSecond; millis < 1_000 * (fromSecond + seconds); millis++) {
            long now = millis * 1_000_000;
            back.observe(now, true, false, 0);
            if (back.until(now) <= now) {
                back.take();
                gone++;
            }
        }
        return gone;
    }

    @Test
    void whoSendsLittleIsNotGivenAHerdAfterARefusal() {
        for (int i = 0; i < 60; i++) {
            crowd.call();
            crowd.pass(500);
            crowd.end(AttemptOutcome.SUCCESS);
        }
        crowd.limited(null);
        crowd.calls(200);
        crowd.serve(Duration.ofSeconds(10), Duration.ofMillis(20), permit -> AttemptOutcome.SUCCESS);
        crowd.admittedAt.clear();
        crowd.serve(Duration.ofSeconds(5), Duration.ofMillis(20), permit -> AttemptOutcome.SUCCESS);
        assertThat(crowd.admittedAt.size()).as("two a second before").isLessThanOrEqualTo(5 * 10);
    }

    @Test
    void underSteadyExcessACallThatWouldComeTooLateIsRejectedAtOnce() {
        demand(10, AttemptOutcome.SUCCESS);
        crowd.limited(null);
        crowd.calls(10 * RATE);
        crowd.pass(1);
        AdmissionCall call = AdmissionCall.create()
                .deadline(crowd.now() + Duration.ofSeconds(20).toNanos());
        crowd.call(crowd.lane, call, "late");
        assertThat(crowd.rejected).singleElement().isInstanceOfSatisfying(AdmissionRejectedException.class, why -> {
            assertThat(why.bound()).isEqualTo(Bound.DEADLINE);
            assertThat(why.untilAdmission()).isGreaterThan(Duration.ofSeconds(5));
        });
    }

    /** One attempt fails with a requested delay, and the delays of the others that are in flight are ignored. */
    private void oneFails() {
        AdmissionPermit permit = crowd.permits.isEmpty() ? null : crowd.permits.remove(0);
        if (permit == null) {
            crowd.call();
            permit = crowd.permits.isEmpty() ? null : crowd.permits.remove(0);
        }
        if (permit != null) {
            permit.end(ASKED_TO_WAIT);
            permit.release();
        }
    }

    /** For this long, calls come at the rate, and those that are admitted are answered like this. */
    private void demand(int seconds, AttemptOutcome outcome) {
        for (int i = 0; i < seconds * RATE; i++) {
            crowd.call();
            crowd.serve(Duration.ofMillis(1_000 / RATE), Duration.ofMillis(20), permit -> outcome);
        }
    }
}
