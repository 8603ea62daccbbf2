package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitState;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What is written is read again, whatever it contains, and once. */
abstract class WritingSuite extends StoreSuite {

    @Test
    void whatIsWrittenIsRead() {
        LlmOperation recovered = Calls.call("a", "openai", 2);
        LlmOperation failed = Calls.failed("b", "gemini", 3, "overloaded");
        done(store.write(List.of(recovered, failed)));

        StepVerifier.create(store.operation("a"))
                .expectNext(recovered)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(store.operation("b"))
                .expectNext(failed)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(store.operation("c")).expectComplete().verify(PATIENCE);
    }

    @Test
    void whoAsksInSqlSeesEveryAttempt() {
        LlmOperation clean = Calls.call("a", "openai", 0);
        LlmOperation recovered = Calls.call("b", "openai", 2);
        LlmOperation failed = Calls.failed("c", "openai", 0, "overloaded");
        done(store.write(List.of(clean, recovered, failed)));

        List<LlmAttempt> attempts = all(database.onConnection(connection -> Flux.from(connection
                        .createStatement("SELECT * FROM aicore_attempt ORDER BY operation_id, number")
                        .execute())
                .concatMap(result -> result.map((row, metadata) -> AttemptTable.read(row, "")))));

        assertThat(attempts)
                .containsExactlyElementsOf(Stream.of(clean, recovered, failed)
                        .flatMap(call -> call.attempts().stream())
                        .toList());
        assertThat(all(store.operationsWithAttempts(OperationFilter.ALL)))
                .containsExactlyInAnyOrder(clean, recovered, failed);
        StepVerifier.create(store.operation("a"))
                .expectNext(clean)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void whateverTextIsStored() {
        LlmOperation whole = Calls.call("a", "'; DROP TABLE aicore_operation; -- \\ \" $1 \uD83D\uDE00", 0);
        LlmOperation broken = Calls.call("b", "a\0b\uD83Dc\uDE00", 1);
        done(store.write(List.of(whole, broken)));

        StepVerifier.create(store.operation("a"))
                .expectNext(whole)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(store.operation("b").map(LlmOperation::provider))
                .expectNext("a\uFFFDb\uFFFDc\uFFFD")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void longWordsAreStored() {
        String prompt = "\u00FC".repeat(1_000_000);
        done(store.write(IntStream.range(0, 10)
                .mapToObj(i -> Calls.saying("id-" + i, prompt, "answer " + i))
                .toList()));

        assertThat(all(store.operations(OperationFilter.ALL)))
                .extracting(call -> call.content().prompt())
                .hasSize(10)
                .allMatch(prompt::equals);
    }

    @Test
    void writingTheSameAgainChangesNothing() {
        List<LlmOperation> batch = List.of(Calls.call("a", "openai", 2), Calls.call("b", "openai", 0));
        done(store.write(batch));
        done(store.write(batch));

        assertThat(ids(OperationFilter.ALL)).containsExactlyInAnyOrder("a", "b");
        StepVerifier.create(store.operation("a").map(call -> call.attempts().size()))
                .expectNext(3)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aLargeBatchOfWhichAPartIsThereIsWrittenOnce() {
        List<LlmOperation> calls = IntStream.range(0, 90)
                .mapToObj(i -> Calls.call("id-" + i, "openai", i % 3))
                .toList();
        done(store.write(calls.subList(0, 60)));
        done(store.write(calls.subList(30, 90)));

        assertThat(ids(OperationFilter.ALL)).hasSize(90);
        assertThat(all(store.statistics(OperationFilter.ALL, List.of())).get(0).meanRetries())
                .isEqualTo(1.0);
        StepVerifier.create(store.operation("id-89").map(call -> call.attempts().size()))
                .expectNext(3)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void whatIsWrittenChangesTheMark() {
        String empty = mark();
        assertThat(mark()).isEqualTo(empty);
        done(store.write(List.of(Calls.call("a", "openai", 0))));
        String one = mark();
        // An old call that is recorded late counts as well.
        done(store.write(List.of(Calls.at("b", Calls.NOON.minusSeconds(3_600)))));
        String two = mark();
        done(store.writeCircuits(List.of(new CircuitChange("me", "openai", Calls.NOON, CircuitState.OPEN))));

        assertThat(List.of(empty, one, two, mark())).doesNotHaveDuplicates();
    }

    private String mark() {
        return all(store.changeMark().flux()).get(0);
    }
}
