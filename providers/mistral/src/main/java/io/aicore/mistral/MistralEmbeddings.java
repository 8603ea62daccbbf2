package io.aicore.mistral;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonRequests;
import io.aicore.llm.codec.VectorReader;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Mistral's embeddings. It has no word for a purpose. */
final class MistralEmbeddings implements EmbeddingCodec {

    // The API takes 512 texts, and 16,384 tokens in all of them: so many texts of a paragraph each just fit.
    private static final int MAX_INPUTS = 128;

    /** Too many texts, or too many tokens in all of them: "split into more batches". */
    private static final String TOO_MANY = "3210";

    private final JsonRequests requests;
    private final ErrorClassifier errors;

    /**
     * @param name the provider's configured name
     * @param headers sent with every request, the key's among them
     */
    MistralEmbeddings(String name, Map<String, String> headers) {
        this.requests = new JsonRequests(name, headers);
        this.errors = new ErrorClassifier(name);
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        return MAX_INPUTS;
    }

    @Override
    public WireRequest encode(EmbeddingRequest request) {
        return requests.post("/embeddings", request.model(), false, () -> body(request));
    }

    private static Map<String, Object> body(EmbeddingRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put("input", request.inputs());
        put(body, "output_dimension", request.dimensions());
        body.putAll(request.extra());
        return body;
    }

    @Override
    public Embeddings decode(EmbeddingRequest request, WireResponse response) {
        JsonAnswer answer = new JsonAnswer(errors, request.model(), response);
        JsonNode tree = answer.tree();
        if (ErrorsInside.in(tree)) {
            throw ErrorsInside.failure(answer, tree, Phase.BODY);
        }
        Long tokens = Json.whole(tree, "usage", "prompt_tokens");
        return Embeddings.of(
                Json.text(tree, "model"),
                new VectorReader(answer).indexed(tree.path("data")),
                tokens == null ? null : Usage.of(Math.max(0, tokens), 0));
    }

    @Override
    public LlmException classify(EmbeddingRequest request, WireResponse response) {
        LlmException failure = errors.response(request.model(), response);
        ErrorDetails details = failure.details();
        if (!TOO_MANY.equals(details.code()) || details.category() != ErrorCategory.INVALID_REQUEST) {
            return failure;
        }
        // Asked in smaller requests, all of it passes.
        return LlmException.of(new ErrorDetails(
                details.provider(),
                details.model(),
                ErrorCategory.PAYLOAD_TOO_LARGE,
                false,
                details.status(),
                details.code(),
                details.requestId(),
                null,
                details.phase(),
                "there are more texts or tokens than one request may hold",
                details.providerMessage()));
    }

    @Override
    public String toString() {
        return "MistralEmbeddings[" + errors.provider() + "]";
    }
}
