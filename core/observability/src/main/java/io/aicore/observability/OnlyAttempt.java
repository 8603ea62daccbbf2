package io.aicore.observability;

import io.r2dbc.spi.Row;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempt of a call that needed one and had no trouble, as most do. The little there is to say of it stands in columns of
 * the call instead of a row and an entry of an index of its own, which are a third of what recording costs.
 */
final class OnlyAttempt {

    static final String AFTER = "attempt_after_us";
    static final String TOOK = "attempt_us";
    static final String STATUS = "attempt_status";
    static final String REQUEST_ID = "attempt_request_id";

    private OnlyAttempt() {}

    /** The attempt; null if these are to be stored as rows. */
    static @Nullable LlmAttempt of(List<LlmAttempt> attempts) {
        return attempts.size() == 1 && untroubled(attempts.get(0)) ? attempts.get(0) : null;
    }

    private static boolean untroubled(LlmAttempt attempt) {
        return attempt.number() == 1
                && attempt.phase() == null
                && attempt.category() == null
                && attempt.hint() == null
                && attempt.delay() == null
                && attempt.why().isEmpty();
    }

    /** How long after the call it began. */
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

    /** From the columns of the call; none if its attempts are rows. */
    static List<LlmAttempt> read(Row row) {
        Duration after = Column.duration(row, AFTER);
        return after == null
                ? List.of()
                : List.of(new LlmAttempt(
                        1,
                        OperationTable.instant(row, "started_at").plus(after),
                        OperationTable.time(row, TOOK),
                        null,
                        row.get(STATUS, Integer.class),
                        null,
                        row.get(REQUEST_ID, String.class),
                        null,
                        null,
                        ""));
    }
}
