package io.aicore.ollama;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.MessageExtras;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Set;

/** Ollama's {@code /api/chat}; a stream has a JSON object a line. */
final class OllamaCodec implements ChatCodec {

    private final Endpoint endpoint;

    OllamaCodec(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return endpoint.post(
                "/chat",
                request.model(),
                stream ? "application/x-ndjson" : "application/json",
                () -> RequestEncoder.body(request, stream));
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return MessageExtras.unsent(request, Set.of());
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        JsonAnswer answer = endpoint.answer(request.model(), response);
        return CompletionDecoder.decode(endpoint.tree(answer), answer);
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return true;
    }

    @Override
    public StreamFormat streamFormat() {
        return StreamFormat.jsonLines();
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new OllamaStreamDecoder(endpoint.answer(request.model(), head));
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return endpoint.errors().response(request.model(), response);
    }

    @Override
    public String toString() {
        return "OllamaCodec[" + endpoint + "]";
    }
}
