package io.aicore.mistral;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonRequests;
import io.aicore.llm.codec.MessageExtras;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mistral's chat completions. */
final class MistralCodec implements ChatCodec {

    private static final String PATH = "/chat/completions";

    private final JsonRequests requests;
    private final ErrorClassifier errors;

    /**
     * @param name the provider's configured name
     * @param headers sent with every request, the key's among them
     */
    MistralCodec(String name, Map<String, String> headers) {
        this.requests = new JsonRequests(name, headers);
        this.errors = new ErrorClassifier(name);
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return requests.post(PATH, request.model(), stream, () -> RequestEncoder.body(request, stream));
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        List<String> warnings = new ArrayList<>(MessageExtras.unsent(request, Set.of("prefix", "name")));
        String model = request.model();
        if (request.reasoningEffort() == ReasoningEffort.NONE && model != null && model.contains("magistral")) {
            warnings.add("reasoning effort none left out: the model always thinks");
        }
        return warnings;
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new AnswerDecoder(new JsonAnswer(errors, request.model(), response)).decode();
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return true;
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new MistralStreamDecoder(new JsonAnswer(errors, request.model(), head));
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return errors.response(request.model(), response);
    }

    @Override
    public String toString() {
        return "MistralCodec[" + errors.provider() + "]";
    }
}
