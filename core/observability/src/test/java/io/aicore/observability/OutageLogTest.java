package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class OutageLogTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> lines = new ArrayList<>();
    private final OutageLog outage = new OutageLog(
            "records of calls",
            time,
            error -> new Address.Cause(
                    String.valueOf(error.getMessage()),
                    String.valueOf(error.getMessage()).startsWith("wrong")),
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
        fails("full", 6);
        assertThat(outage.cause()).isEqualTo("full");
        outage.over();
        outage.over();
        fails("gone again", 1);

        assertThat(lines)
                .containsExactly(
                        "WARN records of calls cannot be written (3 waiting): gone",
                        "WARN records of calls cannot be written (6 waiting): full",
                        "INFO records of calls are written again",
                        "WARN records of calls cannot be written (1 waiting): gone again");
    }

    @Test
    void whatLastsUntilItIsMendedIsToldOnceAndAgainWhenItIsSomethingElse() {
        fails("wrong password", 3);
        assertThat(outage.lasts()).isTrue();
        time.advanceTimeBy(Duration.ofHours(1));
        fails("wrong password", 4);
        fails("wrong database", 5);
        fails("gone", 6);
        assertThat(outage.lasts()).isFalse();
        fails("wrong database", 7);
        outage.over();
        assertThat(outage.lasts()).isFalse();
        fails("wrong database", 8);

        String mended = "; retried every minute until someone fixes that";
        assertThat(lines)
                .containsExactly(
                        "WARN records of calls cannot be written (3 waiting): wrong password" + mended,
                        "WARN records of calls cannot be written (5 waiting): wrong database" + mended,
                        "WARN records of calls cannot be written (7 waiting): wrong database" + mended,
                        "INFO records of calls are written again",
                        "WARN records of calls cannot be written (8 waiting): wrong database" + mended);
    }
}
