package io.aicore.cohere;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonRequests;
import io.aicore.llm.codec.MessageExtras;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cohere's chat, version 2. */
final class CohereCodec implements ChatCodec {

    private final String path;
    private final JsonRequests requests;
    private final ErrorClassifier errors;

    /**
     * @param name the provider's configured name
     * @param path appended to the base URL
     * @param headers sent with every request, the key's among them
     */
    CohereCodec(String name, String path, Map<String, String> headers) {
        this.path = path;
        this.requests = new JsonRequests(name, headers);
        this.errors = new ErrorClassifier(name);
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return requests.post(path, request.model(), stream, () -> RequestEncoder.body(request, stream));
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return MessageExtras.unsent(request, Set.of("documents"));
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new AnswerDecoder(new JsonAnswer(errors, request.model(), response)).decode();
    }

    /** Not beside tools or documents: the API refuses the two together. */
    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return request.tools().tools().isEmpty() && !request.extra().containsKey("documents");
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new CohereStreamDecoder(new JsonAnswer(errors, request.model(), head));
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return Failures.of(errors, request.model(), response);
    }

    @Override
    public String toString() {
        return "CohereCodec[" + errors.provider() + ", " + path + "]";
    }
}
