package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a store does on every engine; a subclass provides the database. */
abstract class StoreSuite {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    String url;

    Database database;

    OperationStore store;

    /** The address of an empty database. */
    abstract String emptyDatabase();

    @BeforeEach
    void open() {
        url = emptyDatabase();
        database = Database.at(url);
        store = new OperationStore(database);
    }

    @AfterEach
    void close() {
        done(database.close());
    }

    static void done(Mono<Void> work) {
        StepVerifier.create(work).expectComplete().verify(PATIENCE);
    }

    static <T> List<T> all(Flux<T> flux) {
        List<T> read = new ArrayList<>();
        StepVerifier.create(flux.doOnNext(read::add).then()).expectComplete().verify(PATIENCE);
        return read;
    }

    List<String> ids(OperationFilter filter) {
        return all(store.operations(filter)).stream().map(LlmOperation::id).toList();
    }

    static CircuitChange opened(Instant at) {
        return new CircuitChange("here", "openai/model", at, CircuitState.OPEN);
    }

    List<Instant> changes() {
        return all(store.circuitChanges(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))).stream()
                .map(CircuitChange::at)
                .toList();
    }

    /** Waits until the database says so. */
    static void await(Mono<Boolean> condition) {
        Boolean met = condition
                .repeatWhen(ended -> ended.delayElements(Duration.ofMillis(10)))
                .filter(is -> is)
                .blockFirst(PATIENCE);
        assertThat(met).isTrue();
    }
}
