package io.aicore.testkit;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A protocol that answers in words, makes vectors, and can do nothing else: the kit's own subject. */
record ModestCodec(String key, ErrorClassifier errors) implements ChatCodec {

    static final Map<String, FinishReason> REASONS = Map.of("done", FinishReason.STOP, "limit", FinishReason.LENGTH);

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        boolean words = request.messages().stream()
                .flatMap(message -> message.content().stream())
                .allMatch(Content.Text.class::isInstance);
        if (!words || !request.tools().isEmpty() || request.responseFormat() != null) {
            throw LlmException.of(ErrorDetails.of(
                    "modest",
                    ErrorCategory.INVALID_REQUEST,
                    false,
                    "not sent: no images, files, tools or response formats (expected: words)"));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        for (Message message : request.messages()) {
            body.put(message.role() == Role.SYSTEM ? "system" : "prompt", message.text());
        }
        return post("/ask", body);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        Sampling sampling = request.sampling();
        String why = "the protocol has no such field";
        return new RequestWarnings(request, Set.of())
                .withoutSeed()
                .leftOut(sampling.temperature() != null, "temperature", why)
                .leftOut(sampling.topP() != null, "topP", why)
                .leftOut(sampling.maxTokens() != null, "maxTokens", why)
                .leftOut(!sampling.stop().isEmpty(), "stop", why)
                .leftOut(request.reasoningEffort() != null, "reasoning effort", why)
                .list();
    }

    private WireRequest post(String path, Map<String, Object> body) {
        return WireRequest.post(
                path, Map.of("content-type", "application/json", "authorization", key), Json.write(body));
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        JsonFields tree = tree(request.model(), response);
        String reason = tree.string("reason");
        String text = tree.string("text");
        if (reason == null || text == null) {
            throw errors.malformed(request.model(), response, "no_text", "the answer has no text or no reason");
        }
        if (text.isEmpty()) {
            throw errors.empty(request.model(), response);
        }
        Usage usage = Usage.of(tree.whole("in"), tree.whole("out"));
        return Completion.of(text).finish(REASONS.get(reason), reason).usage(usage);
    }

    private JsonFields tree(String model, WireResponse response) {
        JsonFields tree;
        try {
            tree = Json.read(response.body());
        } catch (MalformedJsonException e) {
            throw errors.malformed(model, response, "not_json", "the answer is " + e.getMessage());
        }
        if (tree.has("error")) {
            throw errors.inStream(model, response, response.text(), Phase.BODY);
        }
        return tree;
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        throw errors.malformed(request.model(), head, "stream", "this protocol has no streams");
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return errors.response(request.model(), response);
    }

    EmbeddingCodec embeddings() {
        return new Vectors();
    }

    /** Two texts at most in a request. */
    private final class Vectors implements EmbeddingCodec {

        @Override
        public int maxInputs(EmbeddingRequest request) {
            return 2;
        }

        @Override
        public WireRequest encode(EmbeddingRequest request) {
            return post("/embed", Map.of("texts", request.inputs()));
        }

        @Override
        public Embeddings decode(EmbeddingRequest request, WireResponse response) {
            List<Embedding> vectors = tree(request.model(), response).at("vectors").elements().stream()
                    .map(vector -> Embedding.of(vector.floats()))
                    .toList();
            if (vectors.size() != request.inputs().size()) {
                throw errors.unfit(request.model(), response, "vectors", "not a vector for each text");
            }
            return Embeddings.of("", vectors, null);
        }

        @Override
        public LlmException classify(EmbeddingRequest request, WireResponse response) {
            return errors.response(request.model(), response);
        }
    }
}
