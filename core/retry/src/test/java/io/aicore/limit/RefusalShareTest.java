package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that refuses a share of the attempts, however few they are, serves the others. */
class RefusalShareTest {

    private static final int PER_SECOND = 40;
    private static final Duration STEP = Duration.ofMillis(1000 / PER_SECOND);
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final double SECOND = 1e9;

    private final Crowd crowd = Crowd.standard();
    private double share;
    private @Nullable Duration retryAfter;
    private double limit = Double.MAX_VALUE;
    private double tokens;
    private long filled;
    private int refused;

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 0.2, 0.5})
    void thePaceReturnsAlthoughRefusalsGoOn(double refusedShare) {
        calls(20);
        share = refusedShare;
        calls(30);

        int before = crowd.admittedAt.size();
        calls(10);
        assertThat(crowd.admittedAt.size() - before).isGreaterThanOrEqualTo(10 * PER_SECOND);
        calls(20);
        assertThat(crowd.admission.snapshot().waiting()).isLessThan(PER_SECOND);
        assertThat(crowd.rejected).isEmpty();
    }

    /** Until the share is known every refusal holds back all; from then on only the call that was refused. */
    @Test
    void aDelayThatEachOfThemAsksForEndsToHoldAll() {
        calls(20);
        share = 0.2;
        retryAfter = Duration.ofSeconds(1);
        calls(1);
        assertThat(crowd.lane.gate().isHeld(crowd.now())).isTrue();
        calls(40);

        refused = 0;
        calls(5);
        assertThat(refused).isPositive();
        assertThat(crowd.lane.gate().isHeld(crowd.now())).isFalse();
        assertThat(crowd.lane.gate().isPaced())
                .as("further refusals are expected")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {15, 30, 38})
    void whatARateLimitRefusesIsNotTolerated(double perSecond) {
        calls(20);
        limit = perSecond;
        calls(20);

        refused = 0;
        int before = crowd.admittedAt.size();
        calls(60);
        int sent = crowd.admittedAt.size() - before;
        assertThat(refused).isLessThan((int) (0.1 * sent));
        assertThat(sent - refused).isGreaterThan((int) (0.93 * 60 * perSecond));
    }

    @Test
    void aLimitThatComesAfterARandomShareIsObeyed() {
        calls(20);
        share = 0.1;
        calls(30);
        assertThat(crowd.lane.gate().isTolerant(crowd.now())).isTrue();

        limit = 10;
        calls(10);
        assertThat(crowd.lane.gate().isTolerant(crowd.now())).isFalse();
    }

    @Test
    void anOutageIsNoShare() {
        calls(20);
        share = 1;
        calls(60);

        int before = crowd.admittedAt.size();
        calls(10);
        assertThat(crowd.admittedAt.size() - before).isLessThan(30);
        assertThat(crowd.lane.gate().isTolerant(crowd.now())).isFalse();
    }

    @Test
    void aMinuteWithoutRefusalsForgetsIt() {
        calls(20);
        share = 0.2;
        calls(30);
        assertThat(crowd.lane.gate().isTolerant(crowd.now())).isTrue();

        share = 0;
        calls(62);
        assertThat(crowd.lane.gate().isTolerant(crowd.now())).isFalse();
        assertThat(crowd.lane.gate().isPaced()).isFalse();
    }

    private void calls(int seconds) {
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            crowd.call();
            crowd.serve(STEP, LATENCY, permit -> answer());
        }
    }

    private AttemptOutcome answer() {
        boolean isRefused = crowd.random.nextDouble() < share || isBeyondLimit();
        refused += isRefused ? 1 : 0;
        return isRefused ? AttemptOutcome.limited(retryAfter) : AttemptOutcome.SUCCESS;
    }

    private boolean isBeyondLimit() {
        long now = crowd.now();
        tokens = Math.min(limit, tokens + (now - filled) / SECOND * Math.min(limit, 1e6));
        filled = now;
        if (tokens < 1) {
            return true;
        }
        tokens -= 1;
        return false;
    }
}
