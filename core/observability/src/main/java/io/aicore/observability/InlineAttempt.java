package io.aicore.observability;

import io.r2dbc.spi.Row;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The single attempt of a call that succeeded at once, the most frequent case. Stored in columns of the call instead of
 * a row with an index entry, which would be a third of the cost of recording.
 */
final class InlineAttempt {

    static final String AFTER = "attempt_after_us";
    static final String TOOK = "attempt_us";
    static final String STATUS = "attempt_status";
    static final String REQUEST_ID = "attempt_request_id";

    private InlineAttempt() {}

    /** The attempt; null if the attempts are stored as rows. */
    static @Nullable LlmAttempt of(List<LlmAttempt> attempts) {
        return attempts.size() == 1 && succeeded(attempts.get(0)) ? attempts.get(0) : null;
    }

    private static boolean succeeded(LlmAttempt attempt) {
        return attempt.number() == 1
                && attempt.failure().equals(LlmAttempt.Failure.NONE)
                && attempt.decision().equals(LlmAttempt.Decision.NONE);
    }

    /** Time from the start of the call to its start. */
    static @Nullable Long after(LlmOperation call) {
        LlmAttempt attempt = of(call.attempts());
        return attempt == null ? null : Column.micros(Duration.between(call.start(), attempt.start()));
    }

    static @Nullable Long took(LlmOperation call) {
        LlmAttempt attempt = of(call.attempts());
        return attempt == null ? null : Column.micros(attempt.duration());
    }

    static @Nullable Integer status(LlmOperation call) {
        LlmAttempt attempt = of(call.attempts());
        return attempt == null ? null : attempt.status();
    }

    static @Nullable String requestId(LlmOperation call) {
        LlmAttempt attempt = of(call.attempts());
        return attempt == null ? null : Column.cut(attempt.requestId(), AttemptTable.REQUEST_ID);
    }

    /** Reads it from the columns of the call; empty if its attempts are rows. */
    static List<LlmAttempt> read(Row row) {
        Duration after = Column.duration(row, AFTER);
        return after == null
                ? List.of()
                : List.of(new LlmAttempt(
                        1,
                        OperationTable.instant(row, "started_at").plus(after),
                        OperationTable.time(row, TOOK),
                        new LlmAttempt.Response(row.get(STATUS, Integer.class), row.get(REQUEST_ID, String.class)),
                        LlmAttempt.Failure.NONE,
                        LlmAttempt.Decision.NONE));
    }
}
