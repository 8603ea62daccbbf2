package io.aicore.observability;

import static io.aicore.observability.OperationFilter.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OperationFilterTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void nullTakesAConditionOffAgain() {
        OperationFilter filter = ALL.provider("openai").tokens(1L, null).retried();

        assertThat(filter.provider(null).tokens(null, null))
                .isEqualTo(ALL.retried())
                .hasSameHashCodeAs(ALL.retried())
                .isNotEqualTo(filter);
        assertThat(filter.provider()).isEqualTo("openai");
    }

    @Test
    void showsTheConditionsThatAreSet() {
        assertThat(ALL.model("gpt-5.2").latency(Duration.ofSeconds(1), null))
                .hasToString("OperationFilter{MODEL=gpt-5.2, MIN_LATENCY=PT1S}");
    }

    @Test
    void refusesAnEmptyTimeRange() {
        assertThatThrownBy(() -> ALL.to(NOON).from(NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from: " + NOON + " (expected: before to, " + NOON + ")");
    }

    @Test
    void refusesAListingOfNothing() {
        assertThatThrownBy(() -> ALL.limit(0L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit: 0 (expected: >= 1)");
    }
}
