package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The tables are created once, and those of older versions are updated. */
abstract class SchemaSuite extends StoreSuite {

    @Test
    void anOlderDatabaseIsBroughtToThePresentAndANewerOneLeftAlone() {
        done(store.write(List.of(Calls.call("a", "openai", 1))));
        List<String> later = new ArrayList<>(Schema.VERSIONS);
        later.add("""
                -- A column; and something that needs it.
                ALTER TABLE aicore_operation ADD COLUMN IF NOT EXISTS region VARCHAR(20);
                UPDATE aicore_operation SET region = 'eu';
                """);

        done(database.inTransaction(connection -> new Schema(database.dialect(), later).migrate(connection)));
        // A second time there is nothing to do.
        done(database.inTransaction(connection -> new Schema(database.dialect(), later).migrate(connection)));

        assertThat(all(database.onConnection(connection -> Flux.from(connection
                                .createStatement("SELECT region FROM aicore_operation")
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get(0, String.class))))))
                .containsExactly("eu");
        assertThat(ids(OperationFilter.ALL)).containsExactly("a");
        StepVerifier.create(database.inTransaction(connection -> new Schema(database.dialect()).migrate(connection)))
                .expectErrorMessage("the database has schema version " + later.size() + ", this library supports up to "
                        + Schema.VERSIONS.size() + ": a newer version of the library has updated it")
                .verify(PATIENCE);
    }

    @Test
    void callsOfTheFirstVersionAreReadAndCountedAsBefore() {
        String url = emptyDatabase();
        String call = "INSERT INTO aicore_operation (id, started_at, started_us, operation, provider, model, outcome,"
                + " retries, waited_us, latency_us, attempt_after_us, attempt_us, attempt_request_id, extras) VALUES"
                + " ('old', TIMESTAMP WITH TIME ZONE '2026-11-23 12:00:00+00', 1795435200000000, 'complete', 'openai',"
                + " 'm', 'success', 2, 0, 5, 0, 5, 'req-old', '{}')";
        done(Mono.usingWhen(
                ConnectionFactories.get(url).create(),
                connection -> new Schema(database.dialect(), Schema.VERSIONS.subList(0, 1))
                        .migrate(connection)
                        .then(Insert.executed(connection.createStatement(call))),
                Connection::close));

        Database now = Database.at(url);
        OperationStore migrated = new OperationStore(now);
        done(migrated.write(List.of(Calls.call("new", "openai", 1))));

        assertThat(all(migrated.operations(OperationFilter.ALL)))
                .extracting(LlmOperation::ids, LlmOperation::retries)
                .containsExactlyInAnyOrder(
                        tuple(new LlmOperation.Ids("old", null, TraceIds.NONE), 2),
                        tuple(new LlmOperation.Ids("new", null, TraceIds.NONE), 1));
        assertThat(all(migrated.statistics(OperationFilter.ALL, List.of())))
                .singleElement()
                .satisfies(group -> assertThat(group.maxRetries()).isEqualTo(2));
        assertThat(all(migrated.named("req-old"))).extracting(LlmOperation::id).containsExactly("old");
        done(now.close());
    }

    @Test
    void severalWhoOpenItAtOnceMakeItOnce() {
        String url = emptyDatabase();
        List<Database> opened =
                IntStream.range(0, 4).mapToObj(i -> Database.at(url)).toList();
        done(Flux.fromIterable(opened)
                .flatMap(each -> new OperationStore(each).write(List.of(Calls.call("same", "openai", 1))))
                .then());
        assertThat(all(new OperationStore(opened.get(0)).operations(OperationFilter.ALL)))
                .hasSize(1);
        done(Flux.fromIterable(opened).flatMap(Database::close).then());
    }
}
