package io.aicore.observability;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.Protocol;
import io.aicore.llm.WireProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallObserver;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** A provider that speaks over real sockets: the body of a request is the question, that of a response the answer. */
public final class SocketCodec implements ChatCodec {

    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private SocketCodec() {}

    static LlmProvider to(FaultServer server, CallObserver observer) {
        return to(server, observer, config -> config);
    }

    /** Two calls on one connection, which breaks under the second: its request is sent once more on another. */
    public static Mono<Completion> resent(CallObserver observer) {
        return Mono.using(
                FaultServer::start,
                server -> {
                    server.then(Scripts.json(200, "kept")).then(Scripts.reset()).then(Scripts.json(200, "hi"));
                    LlmProvider provider =
                            to(server, observer, config -> config.httpSettings(http -> http.maxConnections(1)));
                    return provider.complete("first")
                            .then(Mono.defer(() -> provider.complete("second")))
                            .doFinally(signal -> provider.dispose());
                },
                FaultServer::close);
    }

    private static LlmProvider to(FaultServer server, CallObserver observer, UnaryOperator<LlmConfigBuilder> settings) {
        LlmConfigBuilder config =
                LlmConfig.builder().provider("spoken").model("model-1").observer(observer);
        return WireProvider.create(
                settings.apply(config).build(), "spoken", server.url("/v1"), Protocol.NONE.chat(new SocketCodec()));
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        byte[] body = request.messages().get(0).text().getBytes(StandardCharsets.UTF_8);
        return WireRequest.post("/ask", Map.of(), body);
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return Completion.of(response.text());
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        throw new IllegalStateException("nobody asks for a stream");
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        throw new IllegalStateException("no response fails");
    }
}
