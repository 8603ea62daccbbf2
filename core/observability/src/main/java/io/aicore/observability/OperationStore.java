package io.aicore.observability;

import io.aicore.llm.observe.CallOutcome;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls in a database: written in batches, read on demand. */
final class OperationStore {

    // How many rows a driver fetches ahead of the reader.
    private static final int FETCH = 256;

    // Calls of one trace.
    private static final int MAX_NAMED = 1_000;

    // More than a few writers' batches.
    private static final int REMEMBERED = 2_000;

    private final Database database;
    private final Dialect dialect;

    OperationStore(Database database) {
        this.database = database;
        this.dialect = database.dialect();
    }

    /** Writes all or nothing; repeating a write changes nothing. */
    Mono<Void> write(List<LlmOperation> operations) {
        List<AttemptTable.Entry> attempts = operations.stream()
                .filter(call -> InlineAttempt.of(call.attempts()) == null)
                .flatMap(call -> call.attempts().stream().map(attempt -> new AttemptTable.Entry(call.id(), attempt)))
                .toList();
        return written(insert ->
                insert.rows(OperationTable.TABLE, operations).then(insert.rows(AttemptTable.TABLE, attempts)));
    }

    /** Whether records can be written; leaves the data unchanged. */
    Mono<Void> check() {
        return database.inTransaction(connection -> Insert.executed(
                        connection.createStatement("UPDATE aicore_schema SET version = version WHERE version = 1")))
                .onErrorMap(database::explained);
    }

    Mono<Void> writeCircuits(List<CircuitChange> changes) {
        return written(insert -> insert.rows(CircuitTable.TABLE, changes));
    }

    /** Checking each row for existence costs as much as writing it: only for a batch that contained an existing one. */
    private Mono<Void> written(Function<Insert, Mono<Void>> batch) {
        return database.inTransaction(connection -> batch.apply(dialect.insert(connection)))
                .onErrorResume(
                        R2dbcDataIntegrityViolationException.class,
                        error -> database.inTransaction(connection -> batch.apply(dialect.insertIfNew(connection))));
    }

    Flux<CircuitChange> circuitChanges(Instant from, Instant to) {
        return query(
                "SELECT * FROM " + CircuitTable.NAME
                        + " WHERE changed_at >= $1 AND changed_at < $2 ORDER BY changed_at, instance, scope",
                statement -> statement.bind(0, OperationTable.utc(from)).bind(1, OperationTable.utc(to)),
                CircuitTable::read);
    }

    /** The latest of these changes, oldest first. */
    Flux<CircuitChange> circuitChanges(Instant from, Instant to, int newest) {
        return query(
                "SELECT * FROM (SELECT * FROM " + CircuitTable.NAME
                        + " WHERE changed_at >= $1 AND changed_at < $2 ORDER BY changed_at DESC, instance, scope LIMIT "
                        + newest + ") AS newest ORDER BY changed_at, instance, scope",
                statement -> statement.bind(0, OperationTable.utc(from)).bind(1, OperationTable.utc(to)),
                CircuitTable::read);
    }

    Flux<LlmOperation> operations(OperationFilter filter) {
        return operations(filter, Conditions.of(filter));
    }

    /** The calls after this one in that listing. */
    Flux<LlmOperation> operationsAfter(OperationFilter filter, Instant start, String id) {
        return operations(filter, Conditions.of(filter).after(start, id));
    }

    private Flux<LlmOperation> operations(OperationFilter filter, Conditions where) {
        return query(newestFirst(filter, where), where::bind, OperationTable::read);
    }

    Flux<LlmOperation> operationsWithAttempts(OperationFilter filter) {
        Conditions where = Conditions.of(filter);
        return query(AttemptsQuery.sql(newestFirst(filter, where)), where::bind, AttemptsQuery::read)
                .bufferUntilChanged(pair -> pair.call().id())
                .map(AttemptsQuery::together);
    }

    /** Number of calls in a listing. */
    Mono<Long> count(OperationFilter filter) {
        Conditions where = Conditions.of(filter);
        Long limit = filter.limit();
        return query(
                        "SELECT COUNT(*) AS calls FROM " + OperationTable.NAME + where.sql(),
                        where::bind,
                        row -> Column.required(row.get("calls", Long.class), "calls"))
                .single()
                .map(calls -> limit == null ? calls : Long.valueOf(Math.min(calls, limit)));
    }

    /** The call with its attempts, by its id, or the latest with this id in logs and traces; empty if there is none. */
    Mono<LlmOperation> operation(String id) {
        return query(
                        "SELECT * FROM " + OperationTable.NAME + " WHERE id = $1",
                        statement -> statement.bind(0, id),
                        OperationTable::readWithAttempt)
                .next()
                .switchIfEmpty(Mono.defer(() -> named(id, 1).next()))
                .flatMap(this::withAttempts);
    }

    Flux<LlmOperation> named(String id) {
        return named(id, MAX_NAMED);
    }

    /** Each id has its own index. */
    private Flux<LlmOperation> named(String id, int limit) {
        String calls = "SELECT id FROM " + OperationTable.NAME + " WHERE ";
        return query(
                "SELECT * FROM " + OperationTable.NAME + " WHERE id IN (" + calls + "call_id = $1 UNION " + calls
                        + "trace_id = $1 UNION " + calls + InlineAttempt.REQUEST_ID
                        + " = $1 UNION SELECT operation_id FROM "
                        + AttemptTable.NAME + " WHERE request_id = $1) ORDER BY started_us DESC, id LIMIT " + limit,
                statement -> statement.bind(0, id),
                OperationTable::readWithAttempt);
    }

    private Mono<LlmOperation> withAttempts(LlmOperation call) {
        return query(
                        "SELECT * FROM " + AttemptTable.NAME + " WHERE operation_id = $1 ORDER BY number",
                        statement -> statement.bind(0, call.id()),
                        row -> AttemptTable.read(row, ""))
                .collectList()
                .map(rows -> rows.isEmpty() ? call : call.attempts(rows));
    }

    Flux<RetryStatistics> statistics(OperationFilter filter, List<GroupBy> groups) {
        Conditions where = Conditions.of(filter);
        StatisticsQuery query = new StatisticsQuery(groups);
        return query(query.sql(where), where::bind, query::read);
    }

    Flux<TimelineBucket> timeline(OperationFilter filter, Duration width) {
        Conditions where = Conditions.of(filter);
        TimelineQuery query = new TimelineQuery(filter, width);
        return query(query.buckets(where), where::bind, query::bucket);
    }

    Flux<RetriesByCause> retriesByCause(OperationFilter filter, Duration width) {
        Conditions where = Conditions.of(filter.retried());
        TimelineQuery query = new TimelineQuery(filter, width);
        return CountsByName.gathered(query(query.causes(where), where::bind, query::cause), RetriesByCause::new);
    }

    Flux<FailuresByCategory> failuresByCategory(OperationFilter filter, Duration width) {
        TimelineQuery query = new TimelineQuery(filter, width);
        if (filter.outcome() != null && filter.outcome() != CallOutcome.ERROR) {
            return Flux.empty();
        }
        Conditions where = Conditions.of(filter.outcome(CallOutcome.ERROR));
        return CountsByName.gathered(
                query(query.failures(where), where::bind, query::failure), FailuresByCategory::new);
    }

    /** The models of these calls, in alphabetical order. */
    Flux<ModelName> models(OperationFilter filter) {
        Conditions where = Conditions.of(filter);
        long limit = filter.limit() == null ? Long.MAX_VALUE : filter.limit();
        return query(
                "SELECT DISTINCT provider, model FROM " + OperationTable.NAME + where.sql()
                        + " ORDER BY provider, model LIMIT " + limit,
                where::bind,
                row -> new ModelName(OperationTable.text(row, "provider"), OperationTable.text(row, "model")));
    }

    /** A text that changes whenever something was written. Reads only the last rows, whatever the size of the table. */
    Mono<String> changeMark() {
        // The sum tells of a row whose number was drawn before those of others that were committed earlier.
        return query(
                        "SELECT COALESCE(MAX(seq), 0) AS last, CAST(COALESCE(SUM(seq), 0) AS BIGINT) AS sum,"
                                + " (SELECT MAX(changed_at) FROM " + CircuitTable.NAME + ") AS circuit"
                                + " FROM (SELECT seq FROM " + OperationTable.NAME + " ORDER BY seq DESC LIMIT "
                                + REMEMBERED + ") AS newest",
                        statement -> statement,
                        row -> StatisticsQuery.whole(row, "last") + "-" + StatisticsQuery.whole(row, "sum") + "-"
                                + row.get("circuit", OffsetDateTime.class))
                .single();
    }

    /** Deletes calls that began before this time; returns their number. */
    Mono<Long> deleteBefore(Instant time) {
        return update(
                "DELETE FROM " + OperationTable.NAME + " WHERE started_us < $1",
                statement -> statement.bind(0, OperationTable.micros(time)));
    }

    /** Deletes circuit changes before this time; returns their number. */
    Mono<Long> deleteCircuitsBefore(Instant time) {
        return update(
                "DELETE FROM " + CircuitTable.NAME + " WHERE changed_at < $1",
                statement -> statement.bind(0, OperationTable.utc(time)));
    }

    /** Deletes circuit changes before the oldest call; returns their number. */
    Mono<Long> deleteCircuitsBeforeTheOldestCall() {
        return query(
                        "SELECT MIN(started_us) AS oldest FROM " + OperationTable.NAME + " HAVING COUNT(*) > 0",
                        statement -> statement,
                        row -> Column.required(row.get("oldest", Long.class), "oldest"))
                .next()
                .flatMap(oldest -> deleteCircuitsBefore(Instant.EPOCH.plus(oldest, ChronoUnit.MICROS)))
                .defaultIfEmpty(0L);
    }

    /**
     * Deletes all calls but the latest; returns their number. Walks the index of all that stay, so it begins only when
     * the numbers of the rows, of which some are missing, allow for this many too many.
     */
    Mono<Long> keepNewest(long count, long tooMany) {
        return span().filter(rows -> rows - count >= tooMany)
                .flatMap(rows -> afterNewest(count))
                .flatMap(this::deleteFrom)
                .defaultIfEmpty(0L);
    }

    /** At least the number of calls, from both ends of their primary key. */
    private Mono<Long> span() {
        return query(
                        "SELECT COALESCE(MAX(seq) - MIN(seq) + 1, 0) AS calls FROM " + OperationTable.NAME,
                        statement -> statement,
                        row -> StatisticsQuery.whole(row, "calls"))
                .single();
    }

    /** Where a call stands in the listing. */
    private record Position(long startedMicros, String id) {}

    private Mono<Position> afterNewest(long count) {
        return query(
                        "SELECT started_us, id FROM " + OperationTable.NAME
                                + " ORDER BY started_us DESC, id OFFSET $1 ROWS FETCH FIRST 1 ROW ONLY",
                        statement -> statement.bind(0, count),
                        row -> new Position(StatisticsQuery.whole(row, "started_us"), OperationTable.text(row, "id")))
                .next();
    }

    private Mono<Long> deleteFrom(Position first) {
        return update(
                "DELETE FROM " + OperationTable.NAME + " WHERE started_us <= $1 AND (started_us < $1 OR id >= $2)",
                statement -> statement.bind(0, first.startedMicros()).bind(1, first.id()));
    }

    private static String newestFirst(OperationFilter filter, Conditions where) {
        String limit = filter.limit() == null ? "" : " LIMIT " + filter.limit();
        return "SELECT * FROM " + OperationTable.NAME + where.sql() + " ORDER BY started_us DESC, id" + limit;
    }

    private <T> Flux<T> query(String sql, Function<Statement, Statement> bind, Function<Row, T> read) {
        return database.onConnection(connection -> Flux.from(bind.apply(connection.createStatement(sql))
                        .fetchSize(FETCH)
                        .execute())
                .concatMap(result -> result.map((row, metadata) -> read.apply(row)), 0));
    }

    private Mono<Long> update(String sql, Function<Statement, Statement> bind) {
        return database.onConnection(connection -> Flux.from(
                                bind.apply(connection.createStatement(sql)).execute())
                        .concatMap(Result::getRowsUpdated))
                .reduce(0L, Long::sum);
    }
}
