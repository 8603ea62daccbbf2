package io.aicore.observability;

import static io.aicore.observability.Column.cut;
import static io.aicore.observability.Column.duration;
import static io.aicore.observability.Column.micros;
import static io.aicore.observability.Column.required;

import io.r2dbc.spi.Row;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Attempts as rows, except those that {@link InlineAttempt} stores with the call; the view {@code aicore_attempt} has
 * all.
 */
final class AttemptTable {

    static final String NAME = "aicore_attempt_row";
    private static final String KEYS = "operation_id, number";
    /** Maximum length of a request id. */
    static final int REQUEST_ID = 200;

    /** Maximum length of a phase or category. */
    static final int WORD = 40;

    static final List<Column<Entry>> COLUMNS = List.of(
            new Column<>("operation_id", String.class, Entry::operation),
            new Column<>("number", Integer.class, entry -> entry.attempt().number()),
            new Column<>(
                    "started_at",
                    OffsetDateTime.class,
                    entry -> OperationTable.utc(entry.attempt().start())),
            new Column<>(
                    "duration_us", Long.class, entry -> micros(entry.attempt().duration())),
            new Column<>("phase", String.class, entry -> cut(entry.attempt().phase(), WORD)),
            new Column<>("status", Integer.class, entry -> entry.attempt().status()),
            new Column<>("category", String.class, entry -> cut(entry.attempt().category(), WORD)),
            new Column<>(
                    "request_id", String.class, entry -> cut(entry.attempt().requestId(), REQUEST_ID)),
            new Column<>("hint_us", Long.class, entry -> micros(entry.attempt().retryAfter())),
            new Column<>("delay_us", Long.class, entry -> micros(entry.attempt().delay())),
            new Column<>("why", String.class, entry -> cut(entry.attempt().why(), 1000)));

    static final Table<Entry> TABLE = new Table<>(NAME, KEYS, COLUMNS);

    private AttemptTable() {}

    /** An attempt of this call. */
    record Entry(String operation, LlmAttempt attempt) {}

    /** From columns whose names begin with this. */
    static LlmAttempt read(Row row, String prefix) {
        return new LlmAttempt(
                required(row.get(prefix + "number", Integer.class), "number"),
                OperationTable.instant(row, prefix + "started_at"),
                OperationTable.time(row, prefix + "duration_us"),
                new LlmAttempt.Response(
                        row.get(prefix + "status", Integer.class), row.get(prefix + "request_id", String.class)),
                new LlmAttempt.Failure(
                        row.get(prefix + "phase", String.class),
                        row.get(prefix + "category", String.class),
                        duration(row, prefix + "hint_us")),
                new LlmAttempt.Decision(duration(row, prefix + "delay_us"), OperationTable.text(row, prefix + "why")));
    }
}
