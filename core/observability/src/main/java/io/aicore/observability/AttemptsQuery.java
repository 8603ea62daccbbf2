package io.aicore.observability;

import io.r2dbc.spi.Row;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads calls with their attempts in one query: a row per attempt, those of a call together. One query uses one
 * snapshot of the database, and one connection, however long it takes.
 */
final class AttemptsQuery {

    private static final String ATTEMPT = "row_";
    // May be long: not repeated with every attempt.
    private static final Set<String> ONCE = Set.of("prompt", "answer");

    private static final String COLUMNS = Stream.concat(
                    OperationTable.TABLE.columns().stream()
                            .map(Column::name)
                            .map(name -> ONCE.contains(name)
                                    ? "CASE WHEN a.number IS NULL OR a.number = 1 THEN c." + name + " END AS " + name
                                    : "c." + name),
                    AttemptTable.TABLE.columns().stream()
                            .map(Column::name)
                            .map(name -> "a." + name + " AS " + ATTEMPT + name))
            .collect(Collectors.joining(", "));

    private AttemptsQuery() {}

    /** A call, and one of its attempts stored as rows; null if it has none. */
    record Pair(LlmOperation call, @Nullable LlmAttempt attempt) {}

    /**
     * Newest first.
     *
     * @param calls a query of calls
     */
    static String sql(String calls) {
        return "SELECT " + COLUMNS + " FROM (" + calls + ") c LEFT JOIN " + AttemptTable.NAME
                + " a ON a.operation_id = c.id ORDER BY c.started_us DESC, c.id, a.number";
    }

    static Pair read(Row row) {
        boolean none = row.get(ATTEMPT + "number", Integer.class) == null;
        return new Pair(OperationTable.readWithAttempt(row), none ? null : AttemptTable.read(row, ATTEMPT));
    }

    /** Combines the pairs of one call. */
    static LlmOperation together(List<Pair> pairs) {
        LlmOperation call = pairs.get(0).call();
        List<LlmAttempt> rows =
                pairs.stream().map(Pair::attempt).flatMap(Stream::ofNullable).toList();
        return rows.isEmpty() ? call : call.attempts(rows);
    }
}
