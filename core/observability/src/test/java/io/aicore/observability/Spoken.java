package io.aicore.observability;

import io.aicore.llm.LlmConfig;
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
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A provider that speaks over real sockets: the body of a request is the question, that of a response the answer. */
final class Spoken implements ChatCodec {

    private Spoken() {}

    static LlmProvider to(FaultServer server, CallObserver observer) {
        LlmConfig config = LlmConfig.builder()
                .provider("spoken")
                .model("model-1")
                .observer(observer)
                .build();
        return WireProvider.create(config, "spoken", server.url("/v1"), Protocol.NONE.chat(new Spoken()));
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
