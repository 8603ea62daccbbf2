package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class OutageTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> lines = new ArrayList<>();
    private final Outage outage = new Outage(
            "records of calls",
            time,
            error -> String.valueOf(error.getMessage()),
            line -> lines.add("WARN " + line),
            line -> lines.add("INFO " + line));

    private void fails(String cause, int waiting) {
        outage.failed(new R2dbcNonTransientResourceException(cause), waiting);
    }

    @Test
    void theFirstFailureIsToldAtOnceThenOneAMinuteAndTheEnd() {
        outage.over();
        fails("gone", 3);
        fails("gone", 4);
        time.advanceTimeBy(Duration.ofSeconds(59));
        fails("gone", 5);
        time.advanceTimeBy(Duration.ofSeconds(1));
        fails("wrong password", 6);
        assertThat(outage.cause()).isEqualTo("wrong password");
        outage.over();
        outage.over();
        fails("gone again", 1);

        assertThat(lines)
                .containsExactly(
                        "WARN records of calls cannot be written (3 wait): gone",
                        "WARN records of calls cannot be written (6 wait): wrong password",
                        "INFO records of calls are written again",
                        "WARN records of calls cannot be written (1 wait): gone again");
    }
}
