package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.error.ConnectionException;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.retry.RetryEvent;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A request that goes out a second time within its attempt is seen, and is neither attempt nor failure. */
class ResendTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger signatures = new AtomicInteger();
    private final WireProvider provider = WireProvider.create(
            LlmConfig.builder()
                    .provider("line")
                    .model("m")
                    .apiKey("key-0123456789")
                    .httpSettings(http -> http.maxConnections(1))
                    .retrySettings(retry -> retry.maxRetries(1).initialDelay(Duration.ofMillis(1)))
                    .authorizer((request, address) -> {
                        String signature = "number " + signatures.incrementAndGet();
                        return Mono.just(request.header("x-signature", signature));
                    })
                    .observer((start, context) -> new Notes())
                    .build(),
            "line",
            server.url("/v1"),
            new LineCodec());

    private final class Notes implements CallObservation {

        @Override
        public void onEvent(RetryEvent event) {
            told.add(event.getClass().getSimpleName());
        }

        @Override
        public void onResend() {
            told.add("resent");
        }

        @Override
        public void ended(CallEnd end) {
            told.add("ended " + end.outcome());
        }
    }

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private void keptConnection() {
        server.then(Scripts.json(200, "kept"));
        StepVerifier.create(provider.complete("hello"))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        told.clear();
    }

    private static void isOneAttemptSentTwice(Provenance how) {
        assertThat(how.attempts()).isEqualTo(1);
        assertThat(how.resends()).isEqualTo(1);
        assertThat(how.failures()).isEmpty();
        assertThat(how.waited()).isZero();
    }

    @Test
    void ofACompletion() {
        keptConnection();
        server.then(Scripts.reset()).then(Scripts.json(200, "hi"));
        Completion answer = Objects.requireNonNull(provider.complete("hello").block(PATIENCE));
        assertThat(answer.text()).isEqualTo("hi");
        isOneAttemptSentTwice(Objects.requireNonNull(answer.provenance()));
        assertThat(told).containsOnlyOnce("resent").doesNotContain("AttemptFailed", "RetryScheduled");
        assertThat(told.indexOf("resent")).isLessThan(told.indexOf("ended SUCCESS"));
        assertThat(provider.circuit("m").metrics().failureRate()).isZero();
        assertThat(provider.circuit("m").metrics().calls()).isEqualTo(2);
        assertThat(server.call(2).header("x-signature")).isEqualTo("number 2");
        assertThat(server.call(3).header("x-signature")).isEqualTo("number 3");
        assertThat(server.call(3).header("x-retry-count")).isEqualTo("0");
        assertThat(server.call(3).body()).isEqualTo(server.call(2).body());
    }

    @Test
    void ofAStream() {
        keptConnection();
        server.then(Scripts.close()).then(Scripts.events("a", "END"));
        Flux<CompletionChunk> stream = provider.stream("hello");
        List<CompletionChunk> chunks =
                Objects.requireNonNull(stream.collectList().block(PATIENCE));
        assertThat(chunks.get(0).text()).isEqualTo("a");
        Provenance how = chunks.stream()
                .map(CompletionChunk::info)
                .filter(info -> info != null && info.provenance() != null)
                .map(info -> info.provenance())
                .findFirst()
                .orElseThrow();
        isOneAttemptSentTwice(how);
        assertThat(told).containsOnlyOnce("resent");
    }

    @Test
    void ofEachAttemptThatFindsADeadConnection() {
        keptConnection();
        // The second sending fails too, on a connection of its own: that is the attempt's failure, and is retried.
        server.then(Scripts.reset()).then(Scripts.reset()).then(Scripts.json(200, "hi"));
        Completion answer = Objects.requireNonNull(provider.complete("hello").block(PATIENCE));
        Provenance how = Objects.requireNonNull(answer.provenance());
        assertThat(how.attempts()).isEqualTo(2);
        assertThat(how.resends()).isEqualTo(1);
        assertThat(how.failures()).hasSize(1);
    }

    @Test
    void anAnswerThatCameTheFirstTimeHasNone() {
        server.then(Scripts.json(200, "hi"));
        Completion answer = Objects.requireNonNull(provider.complete("hello").block(PATIENCE));
        assertThat(Objects.requireNonNull(answer.provenance()).resends()).isZero();
        assertThat(told).doesNotContain("resent");
    }

    @Test
    void aDeadNewConnectionIsAFailedAttempt() {
        server.always(Scripts.reset());
        StepVerifier.create(provider.complete("hello"))
                .expectError(ConnectionException.class)
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(2);
        assertThat(told).doesNotContain("resent");
    }
}
