package io.aicore.observability.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class LineLimitTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LineLimit limit = new LineLimit(() -> time);

    @Test
    void theFirstLineOfAScopeIsWritten() {
        assertThat(limit.leave("a")).isZero();
        assertThat(limit.leave("b")).isZero();
    }

    @Test
    void furtherOnesOfTheSecondAreLeftOutAndCounted() {
        limit.leave("a");

        assertThat(limit.leave("a")).isEqualTo(LineLimit.LEFT_OUT);
        time.advanceTimeBy(Duration.ofNanos(999_999_999));
        assertThat(limit.leave("a")).isEqualTo(LineLimit.LEFT_OUT);
        time.advanceTimeBy(Duration.ofNanos(1));
        assertThat(limit.leave("a")).isEqualTo(2);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(limit.leave("a")).isZero();
    }

    @Test
    void scopesBeyondTheBoundAreOne() {
        for (int scope = 0; scope < LineLimit.MOST_SCOPES; scope++) {
            limit.leave("scope-" + scope);
        }

        assertThat(limit.leave("one more")).isZero();
        assertThat(limit.leave("and another")).isEqualTo(LineLimit.LEFT_OUT);
        assertThat(limit.leave("scope-0")).isEqualTo(LineLimit.LEFT_OUT);
    }
}
