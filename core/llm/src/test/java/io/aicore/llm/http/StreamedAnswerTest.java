package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static io.aicore.llm.http.Situations.data;
import static io.aicore.llm.http.Situations.transport;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class StreamedAnswerTest {

    private final FaultServer server = FaultServer.start();
    private HttpTransport transport = transport(server.url());

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    /** A call then waits until the one before has given its connection back. */
    private void oneConnection() {
        transport = HttpTransport.create(
                "acme", server.url(), HttpSettings.defaults().maxConnections(1));
    }

    @Test
    void givesEachEventAsItComes() {
        CountDownLatch firstSeen = new CountDownLatch(1);
        server.then(exchange -> {
            exchange.streamHead();
            exchange.event("one");
            firstSeen.await();
            exchange.event("two");
            exchange.lastChunk();
        });
        StepVerifier.create(data(transport))
                .expectNext("one")
                .then(firstSeen::countDown)
                .expectNext("two")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void readsCharactersThatDripInByteByByte() {
        server.then(exchange -> {
            exchange.head(200, "content-type: Text/Event-Stream;charset=utf-8", "connection: close");
            exchange.drip("data: Grüße 🎈\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        StepVerifier.create(data(transport))
                .expectNext("Grüße 🎈")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void neverAsksForCompression() {
        server.then(Scripts.events("one"));
        data(transport).blockLast(PATIENCE);
        assertThat(server.call(1).header("accept-encoding")).isEqualTo("identity");
    }

    @Test
    void aStreamReadToItsEndGivesItsConnectionBack() {
        oneConnection();
        server.always(Scripts.events("one", "two"));
        for (int i = 0; i < 4; i++) {
            assertThat(data(transport).collectList().block(PATIENCE)).containsExactly("one", "two");
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429, 503})
    void anErrorIsGivenWholeAndItsConnectionGivenBack(int status) {
        oneConnection();
        server.always(Scripts.json(status, "{\"error\":1}"));
        for (int i = 0; i < 3; i++) {
            assertThat(data(transport).collectList().block(PATIENCE))
                    .containsExactly("whole " + status + " {\"error\":1}");
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aSuccessThatIsNoEventStreamIsGivenWhole() {
        server.then(Scripts.json(200, "{\"error\":\"no capacity\"}"));
        assertThat(data(transport).blockLast(PATIENCE)).isEqualTo("whole 200 {\"error\":\"no capacity\"}");
    }

    @Test
    void anErrorThatCallsItselfAnEventStreamIsGivenWhole() {
        server.then(exchange -> exchange.answer(500, "text/event-stream", "data: broken\n\n"));
        assertThat(data(transport).blockLast(PATIENCE)).startsWith("whole 500");
    }

    @Test
    void aSuccessWithoutContentTypeIsReadAsEvents() {
        server.then(exchange -> {
            exchange.head(200, "content-length: 11");
            exchange.write("data: one\n\n");
        });
        assertThat(data(transport).blockLast(PATIENCE)).isEqualTo("one");
    }

    @Test
    void anEventUnfinishedAtTheEndIsDropped() {
        server.then(exchange -> {
            exchange.streamHead();
            exchange.event("one");
            exchange.chunk("data: tw".getBytes(StandardCharsets.UTF_8));
            exchange.lastChunk();
        });
        StepVerifier.create(data(transport)).expectNext("one").expectComplete().verify(PATIENCE);
    }

    @Test
    void aStreamThatIsCutFailsAfterTheEventsThatCame() {
        server.then(Scripts.eventsThenCut("one", "two"));
        StepVerifier.create(data(transport))
                .expectNext("one", "two")
                .expectErrorSatisfies(StreamedAnswerTest::brokeInTheBody)
                .verify(PATIENCE);
    }

    @Test
    void aSlowCallerGetsTheEventsThatCameBeforeTheCutToo() {
        server.then(exchange -> {
            exchange.streamHead();
            exchange.chunk("data: 1\n\ndata: 2\n\ndata: 3\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        StepVerifier.create(data(transport), 1)
                .expectNext("1")
                .then(() -> assertThat(server.calls()).isEqualTo(1))
                .thenRequest(1)
                .expectNext("2")
                .thenRequest(1)
                .expectNext("3")
                .thenRequest(1)
                .expectErrorSatisfies(StreamedAnswerTest::brokeInTheBody)
                .verify(PATIENCE);
    }

    @Test
    void aStreamThatIsResetFailsInTheBody() {
        CountDownLatch seen = new CountDownLatch(1);
        server.then(exchange -> {
            exchange.streamHead();
            exchange.event("one");
            seen.await();
            exchange.reset();
        });
        StepVerifier.create(data(transport))
                .expectNext("one")
                .then(seen::countDown)
                .expectErrorSatisfies(StreamedAnswerTest::brokeInTheBody)
                .verify(PATIENCE);
    }

    private static void brokeInTheBody(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(LlmException.class, failure -> {
            assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTION);
            assertThat(failure.details().phase()).isEqualTo(Phase.BODY);
            assertThat(failure.retryable()).isTrue();
        });
    }

    @Test
    void aChunkThatIsNoneIsMalformed() {
        server.then(exchange -> {
            exchange.streamHead();
            exchange.event("one");
            exchange.write("this is no chunk\r\n");
            exchange.awaitClientClose();
        });
        StepVerifier.create(data(transport))
                .expectNext("one")
                .expectErrorSatisfies(error ->
                        assertThat(((LlmException) error).category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE))
                .verify(PATIENCE);
        server.awaitClientClosed(1);
    }

    @Test
    void aLineOverTheLimitEndsTheStreamAndClosesTheConnection() {
        transport = HttpTransport.create(
                "acme", server.url(), HttpSettings.defaults().maxLineBytes(100));
        server.then(exchange -> {
            exchange.streamHead();
            exchange.event("one");
            exchange.event("x".repeat(200));
            exchange.awaitClientClose();
        });
        StepVerifier.create(data(transport))
                .expectNext("one")
                .expectErrorSatisfies(error -> assertThat(error).isInstanceOfSatisfying(LlmException.class, failure -> {
                    assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
                    assertThat(failure.retryable()).isFalse();
                    assertThat(failure).hasMessageContaining("100 bytes (maxLineBytes)");
                }))
                .verify(PATIENCE);
        server.awaitClientClosed(1);
    }

    @Test
    void everyEventArrivesInOrderWhateverTheDemand() {
        String[] numbers = IntStream.range(0, 2_000).mapToObj(String::valueOf).toArray(String[]::new);
        server.always(Scripts.events(numbers));
        assertThat(data(transport).collectList().block(PATIENCE)).containsExactly(numbers);
        assertThat(data(transport).limitRate(3).collectList().block(PATIENCE)).containsExactly(numbers);
    }

    @Test
    void aReadersFailureReachesTheCallerAsItIsAndClosesTheConnection() {
        server.then(Scripts.eventsThenSilence("one"));
        IllegalStateException bug = new IllegalStateException("a bug");
        Flux<String> call = transport.stream(
                chat(),
                Timeouts.defaults(),
                streamed(head -> Situations.reader(event -> {
                    throw bug;
                })));
        StepVerifier.create(call)
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(bug))
                .verify(PATIENCE);
        server.awaitClientClosed(1);
    }

    @Test
    void aReaderThatThrowsFailsTheCallAndClosesTheConnection() {
        server.then(Scripts.eventsThenSilence("one"));
        Flux<String> call = transport.stream(chat(), Timeouts.defaults(), streamed(head -> {
            throw new IllegalStateException("a bug");
        }));
        StepVerifier.create(call).expectErrorMessage("a bug").verify(PATIENCE);
        server.awaitClientClosed(1);
    }

    @Test
    void theCallersContextReachesTheRequest() {
        server.then(Scripts.events("one"));
        List<String> seen = new ArrayList<>();
        Mono<WireRequest> request = Mono.deferContextual(context -> {
            seen.add(context.get("key"));
            return Mono.just(chat());
        });
        StreamWaits waits = StreamWaits.of(Timeouts.defaults().stream(false));
        transport.stream(request, Timeouts.defaults(), waits, () -> {}, Situations.DATA)
                .contextWrite(context -> context.put("key", "value"))
                .blockLast(PATIENCE);
        assertThat(seen).containsExactly("value");
    }

    @Test
    void whatIsLeftAtTheEndFollowsTheEvents() {
        server.then(Scripts.events("one", "two"));
        Flux<String> call = transport.stream(chat(), Timeouts.defaults(), streamed(head -> {
            return new EventReader<>() {
                @Override
                public List<String> read(WireEvent event) {
                    return List.of(event.data(), event.data() + "!");
                }

                @Override
                public List<String> end() {
                    return List.of("last", "of all");
                }
            };
        }));
        StepVerifier.create(call, 1)
                .expectNext("one")
                .thenRequest(3)
                .expectNext("one!", "two", "two!")
                .thenRequest(1)
                .expectNext("last")
                .thenRequest(1)
                .expectNext("of all")
                .expectComplete()
                .verify(PATIENCE);
    }

    /** A reader of streams alone. */
    private static StreamReader<String> streamed(Function<WireResponse, EventReader<String>> events) {
        return new StreamReader<>() {
            @Override
            public List<String> response(WireResponse whole) {
                return List.of("never");
            }

            @Override
            public EventReader<String> events(WireResponse head) {
                return events.apply(head);
            }
        };
    }
}
