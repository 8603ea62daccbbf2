package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aicore.limit.CircuitMetrics;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.ProviderControls;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.Exchange;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One test's server, the providers that call it, and the scripts made of a fixture's frames. */
final class Rig implements AutoCloseable {

    /** How long anything may take that must happen. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ProviderFixture fixture;
    private final FaultServer server = FaultServer.start();
    private final List<LlmProvider> providers = new ArrayList<>();

    Rig(ProviderFixture fixture) {
        this.fixture = fixture;
    }

    FaultServer server() {
        return server;
    }

    /** A provider of the fixture's settings and these. */
    LlmProvider provider(UnaryOperator<LlmConfigBuilder> change) {
        LlmProvider provider =
                fixture.provider(change.apply(fixture.config(server.url())).build());
        providers.add(provider);
        return provider;
    }

    /** One that tries a call once. Its circuit is off: failures by the hundred are sent through it. */
    LlmProvider trying() {
        return provider(config ->
                config.circuitSettings(circuit -> circuit.enabled(false)).retrySettings(retry -> retry.maxRetries(0)));
    }

    /** One that tries three times, in quick succession. */
    LlmProvider retrying() {
        return provider(
                config -> config.retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1))));
    }

    /** What the circuit of the fixture's model counts. */
    CircuitMetrics circuit(LlmProvider provider) {
        return circuit(provider, fixture.model());
    }

    CircuitMetrics circuit(LlmProvider provider, String model) {
        return ((ProviderControls) provider).circuit(model).metrics();
    }

    static <T> T get(Mono<T> call) {
        return present(call.block(PATIENCE));
    }

    /** This value, which must be there. */
    static <T> T present(@Nullable T value) {
        assertThat(value).isNotNull();
        return Objects.requireNonNull(value);
    }

    static Completion fold(Flux<CompletionChunk> stream) {
        return get(Completion.from(stream));
    }

    /** The typed failure that this call must end with. */
    static LlmException failure(Mono<?> call) {
        Throwable failure = catchThrowable(() -> call.block(PATIENCE));
        assertThat(failure).as("a failure of the call").isInstanceOf(LlmException.class);
        return (LlmException) failure;
    }

    /** These events, each in a chunk of its own, and the end in good order. */
    Script stream(List<WireEvent> events) {
        return exchange -> {
            chunks(exchange, events);
            exchange.lastChunk();
        };
    }

    /** These events, and then the end of the connection without the end of the body. */
    Script streamThenCut(List<WireEvent> events) {
        return exchange -> {
            chunks(exchange, events);
            exchange.close();
        };
    }

    /** The head of a stream and these events in it. */
    void chunks(Exchange exchange, List<WireEvent> events) throws IOException {
        exchange.head(200, "content-type: " + fixture.frames().contentType(), "transfer-encoding: chunked");
        for (WireEvent event : events) {
            exchange.chunk(fixture.frames().frame(event));
        }
    }

    /** A whole body in one piece. */
    static Script body(String contentType, byte[] body) {
        return exchange -> exchange.answer(200, contentType, body);
    }

    /** A whole body byte after byte. */
    static Script drip(String contentType, byte[] body) {
        return exchange -> {
            exchange.head(200, "content-type: " + contentType, "content-length: " + body.length);
            exchange.drip(body);
        };
    }

    static byte[] framed(Frames frames, List<WireEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        events.forEach(event -> bytes.writeBytes(frames.frame(event)));
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        providers.forEach(LlmProvider::dispose);
        server.close();
    }
}
