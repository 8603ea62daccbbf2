package io.aicore.observability;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts records into a database as another process would, beside the collector under test. */
public final class Stored {

    /** How long records are gathered before they are written. */
    public static final Duration GATHERED = BatchWriter.GATHER;

    private static final int BATCH = 500;
    private static final int MANY = 10_000;

    private Stored() {}

    /** Writes these calls and changes. Blocks. */
    public static void in(String url, List<LlmOperation> calls, List<CircuitChange> changes) {
        Database database = Database.at(url);
        OperationStore store = new OperationStore(database);
        Flux.fromIterable(batches(calls))
                .concatMap(store::write)
                .then(changes.isEmpty() ? Mono.empty() : store.writeCircuits(changes))
                .then(database.close())
                .block();
    }

    /** So many calls, a multiple of 10,000, within the two hours before that time, made by the database itself, which is quick. H2 only. */
    public static void manyIn(String url, int count, Instant end) {
        long last = OperationTable.micros(end);
        long step = Duration.ofHours(2).toNanos() / 1_000 / count;
        String sql = "INSERT INTO aicore_operation (id, started_at, started_us, operation, provider, model, host,"
                + " session_id, outcome, category, ended_by, why, retry_count, retried_for, waited_us, latency_us, circuit,"
                + " input_tokens, output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, cost_usd, extras)"
                + " SELECT 'many-' || x, DATEADD('MICROSECOND', -x * " + step + ", TIMESTAMP WITH TIME ZONE '" + end
                + "'), "
                + last + " - x * " + step + ", 'complete',"
                + " CASE MOD(x, 4) WHEN 0 THEN 'openai' WHEN 1 THEN 'anthropic' WHEN 2 THEN 'gemini' ELSE 'mistral' END,"
                + " 'model-' || MOD(x, 12), 'api.example:443', 'session-' || MOD(x, 100),"
                + " CASE WHEN MOD(x, 50) = 0 THEN 'error' ELSE 'success' END,"
                + " CASE WHEN MOD(x, 50) = 0 THEN 'overloaded' END, CASE WHEN MOD(x, 50) = 0 THEN 'retries_exhausted' END,"
                + " CASE WHEN MOD(x, 50) = 0 THEN 'no capacity at the moment, all 3 retries were made' END,"
                + " CASE WHEN MOD(x, 50) = 0 THEN 3 WHEN MOD(x, 7) = 0 THEN 1 ELSE 0 END,"
                + " CASE WHEN MOD(x, 50) = 0 THEN 'overloaded:3' WHEN MOD(x, 7) = 0 THEN 'rate_limited:1' END,"
                + " CASE WHEN MOD(x, 7) = 0 THEN 1000000 ELSE 0 END, 200000 + MOD(x * 7919, 3000000), 'closed',"
                + " 400, 200, 0, 0, 0, 0.0012, '{\"ticket\":\"T-' || x || '\"}' FROM SYSTEM_RANGE($1, $2)";
        Database database = Database.at(url);
        // The index of a filter that is not used with it takes long to write.
        run(database, "DROP INDEX aicore_operation_session")
                .thenMany(Flux.range(0, count / MANY))
                .concatMap(batch -> run(database, sql, batch * MANY + 1, (batch + 1) * MANY))
                .then(database.close())
                .block();
    }

    private static Mono<Void> run(Database database, String sql, Integer... values) {
        return database.inTransaction(connection -> {
            Statement statement = connection.createStatement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.bind(i, values[i]);
            }
            return Flux.from(statement.execute())
                    .concatMap(Result::getRowsUpdated)
                    .then();
        });
    }

    private static List<List<LlmOperation>> batches(List<LlmOperation> calls) {
        List<List<LlmOperation>> batches = new ArrayList<>();
        for (int i = 0; i < calls.size(); i += BATCH) {
            batches.add(calls.subList(i, Math.min(calls.size(), i + BATCH)));
        }
        return batches;
    }
}
