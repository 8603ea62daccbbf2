package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitState;
import io.aicore.llm.observe.CallOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Filters, pages, ids and exports, read on demand. */
abstract class ReadingSuite extends StoreSuite {

    @Test
    void eachFilterNarrows() {
        done(store.write(List.of(
                Calls.call("a", "openai", 0),
                Calls.call("b", "openai", 2),
                Calls.failed("c", "gemini", 3, "overloaded"),
                Calls.at("d", Calls.NOON.plusSeconds(60)))));

        assertThat(ids(OperationFilter.ALL)).hasSize(4).first().isEqualTo("d");
        assertThat(ids(OperationFilter.ALL.from(Calls.NOON.plusSeconds(60)))).containsExactly("d");
        assertThat(ids(OperationFilter.ALL.to(Calls.NOON.plusSeconds(60)))).containsExactly("a", "b", "c");
        assertThat(ids(OperationFilter.ALL.provider("gemini"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.model("gemini-model"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.outcome(CallOutcome.ERROR))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.category("overloaded"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.tokens(120L, 120L))).containsExactly("d", "a", "b");
        assertThat(ids(OperationFilter.ALL.tokens(121L, null))).isEmpty();
        assertThat(ids(OperationFilter.ALL.latency(Duration.ofMillis(300), Duration.ofSeconds(9))))
                .containsExactly("b", "c");
        assertThat(ids(OperationFilter.ALL.retried())).containsExactly("b", "c");
        assertThat(ids(OperationFilter.ALL.session("session-gemini"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.text("t-100%_B"))).containsExactly("b");
        assertThat(ids(OperationFilter.ALL.text("100_"))).isEmpty();
        assertThat(ids(OperationFilter.ALL.text("örtliche \"gruppe\""))).hasSize(4);
        assertThat(ids(OperationFilter.ALL.text("\"ticket\":\"t-100%_c"))).containsExactly("c");
        assertThat(ids(OperationFilter.ALL.text("' OR '1'='1"))).isEmpty();
        assertThat(ids(OperationFilter.ALL.limit(2L))).containsExactly("d", "a");
    }

    @Test
    void callsAreFoundByWhomTheyAreFor() {
        done(store.write(List.of(
                Calls.on(Calls.call("a", "openai", 0), "sales", "writer"),
                Calls.on(Calls.call("b", "openai", 0), "sales", null),
                Calls.on(Calls.call("c", "openai", 0), null, "writer"))));

        assertThat(ids(OperationFilter.ALL.workspace("sales"))).containsExactly("a", "b");
        assertThat(ids(OperationFilter.ALL.agent("writer"))).containsExactly("a", "c");
        assertThat(ids(OperationFilter.ALL.workspace("sales").agent("writer"))).containsExactly("a");
    }

    @Test
    void aListingIsReadAsFarAsItIsAskedFor() {
        done(store.write(IntStream.range(0, 600)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));

        StepVerifier.create(store.operations(OperationFilter.ALL).map(LlmOperation::id), 1)
                .expectNext("id-599")
                .thenRequest(2)
                .expectNext("id-598", "id-597")
                .thenCancel()
                .verify(PATIENCE);
        // The connection is back: as many again as the pool has would otherwise wait for it.
        for (int i = 0; i < 8; i++) {
            assertThat(ids(OperationFilter.ALL.limit(1L))).containsExactly("id-599");
        }
    }

    @Test
    void readersWhoLeaveFromAnotherThreadHarmNobody() {
        done(store.write(IntStream.range(0, 3_000)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));

        done(Flux.range(0, 60)
                .flatMap(
                        i -> Flux.<Object>from(
                                        i % 2 == 0
                                                ? store.operations(OperationFilter.ALL)
                                                : store.statistics(OperationFilter.ALL, List.of(GroupBy.HOUR)))
                                .takeUntilOther(Mono.delay(Duration.ofMillis(i)))
                                .then(),
                        4)
                .then());

        done(store.write(List.of(Calls.at("later", Calls.NOON.plusSeconds(9_000)))));
        assertThat(ids(OperationFilter.ALL)).hasSize(3_001).first().isEqualTo("later");
    }

    @Test
    void aListingGoesOnAfterACall() {
        done(store.write(IntStream.range(0, 7)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i / 3)))
                .toList()));
        OperationFilter page = OperationFilter.ALL.limit(3L);

        List<String> read = new ArrayList<>();
        List<LlmOperation> next = all(store.operations(page));
        while (!next.isEmpty()) {
            next.forEach(call -> read.add(call.id()));
            LlmOperation last = next.get(next.size() - 1);
            next = all(store.operationsAfter(page, last.start(), last.id()));
        }
        assertThat(read).containsExactly("id-6", "id-3", "id-4", "id-5", "id-0", "id-1", "id-2");
    }

    @Test
    void namesAndNumberOfCallsAreKnown() {
        done(store.write(
                List.of(Calls.call("a", "openai", 0), Calls.call("b", "gemini", 2), Calls.call("c", "openai", 1))));

        assertThat(all(store.models(OperationFilter.ALL)))
                .containsExactly(new ModelName("gemini", "gemini-model"), new ModelName("openai", "openai-model"));
        assertThat(all(store.models(OperationFilter.ALL.limit(1L)))).hasSize(1);
        assertThat(all(store.count(OperationFilter.ALL.retried()).flux())).containsExactly(2L);
    }

    @Test
    void theNewestChangesOfCircuitsAreReadOldestFirst() {
        List<CircuitChange> changes = IntStream.range(0, 5)
                .mapToObj(i -> new CircuitChange("me", "openai", Calls.NOON.plusSeconds(i), CircuitState.OPEN))
                .toList();
        done(store.writeCircuits(changes));

        assertThat(all(store.circuitChanges(Calls.NOON, Calls.NOON.plusSeconds(4), 3)))
                .isEqualTo(changes.subList(1, 4));
    }

    @Test
    void anExportReadsEachCallWithItsAttempts() {
        LlmOperation none = Calls.at("none", Calls.NOON.minusSeconds(1)).attempts(List.of());
        LlmOperation recovered = Calls.call("a", "openai", 2);
        LlmOperation failed = Calls.failed("b", "gemini", 3, "overloaded");
        done(store.write(List.of(none, recovered, failed)));

        assertThat(all(store.operationsWithAttempts(OperationFilter.ALL))).containsExactly(recovered, failed, none);
        assertThat(all(store.operationsWithAttempts(
                        OperationFilter.ALL.retried().limit(1L))))
                .containsExactly(recovered);
        StepVerifier.create(store.count(OperationFilter.ALL.retried()))
                .expectNext(2L)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void eachNameOfACallFindsIt() {
        LlmOperation once = named(Calls.call("once", "openai", 0), "call-1");
        LlmOperation retried = named(Calls.call("retried", "openai", 2), "call-2");
        done(store.write(List.of(once, retried, Calls.failed("other", "openai", 0, "overloaded"))));

        assertThat(all(store.named("trace-1"))).extracting(LlmOperation::id).containsExactly("once", "retried");
        assertThat(all(store.named("req-3"))).extracting(LlmOperation::id).containsExactly("retried");
        assertThat(all(store.named("nobody"))).isEmpty();
        for (String id : List.of("once", "call-1", "trace-1")) {
            assertThat(all(store.operation(id).flux())).containsExactly(once);
        }
        for (String id : List.of("call-2", "req-2", "req-3")) {
            assertThat(all(store.operation(id).flux())).containsExactly(retried);
        }
    }

    private static LlmOperation named(LlmOperation call, String callId) {
        LlmOperation.Ids ids = new LlmOperation.Ids(call.id(), callId, new TraceIds("trace-1", "span-1"));
        return new LlmOperation(ids, call.request(), call.timing(), call.result(), call.execution(), call.content());
    }
}
