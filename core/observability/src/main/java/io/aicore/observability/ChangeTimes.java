package io.aicore.observability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Times of changes, in microseconds. Two changes are never at the same time, and stay in their order, where the clock stands
 * still or is set back by less than a second.
 */
final class ChangeTimes {

    private static final Duration SET_BACK = Duration.ofSeconds(1);

    private final Clock clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

    ChangeTimes(Clock clock) {
        this.clock = clock;
    }

    Instant next() {
        Instant now = OperationTable.held(clock.instant()).truncatedTo(ChronoUnit.MICROS);
        return last.updateAndGet(before ->
                now.isAfter(before) || now.plus(SET_BACK).isBefore(before) ? now : before.plus(1, ChronoUnit.MICROS));
    }
}
