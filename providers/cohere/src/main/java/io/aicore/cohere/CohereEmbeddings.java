package io.aicore.cohere;

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
import io.aicore.llm.embedding.EmbeddingPurpose;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Cohere's embeddings, version 2. */
final class CohereEmbeddings implements EmbeddingCodec {

    private static final int MAX_INPUTS = 96;

    // An answer has each type of number that was asked for under its name.
    private static final List<String> TYPES = List.of("float", "int8", "uint8", "binary", "ubinary", "base64");

    private final String path;
    private final JsonRequests requests;
    private final ErrorClassifier errors;

    /**
     * @param name the provider's configured name
     * @param path appended to the base URL
     * @param headers sent with every request, the key's among them
     */
    CohereEmbeddings(String name, String path, Map<String, String> headers) {
        this.path = path;
        this.requests = new JsonRequests(name, headers);
        this.errors = new ErrorClassifier(name);
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        return MAX_INPUTS;
    }

    @Override
    public WireRequest encode(EmbeddingRequest request) {
        return requests.post(path, request.model(), false, () -> body(request));
    }

    private static Map<String, Object> body(EmbeddingRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put("texts", request.inputs());
        body.put("input_type", inputType(request.purpose()));
        body.put("embedding_types", List.of("float"));
        put(body, "output_dimension", request.dimensions());
        body.putAll(request.extra());
        return body;
    }

    /** Required: without a purpose, texts are documents, of which there are most. */
    private static String inputType(@Nullable EmbeddingPurpose purpose) {
        if (purpose == null) {
            return "search_document";
        }
        return switch (purpose) {
            case QUERY -> "search_query";
            case DOCUMENT -> "search_document";
            case CLASSIFICATION -> "classification";
            // Both compare like with like.
            case CLUSTERING, SIMILARITY -> "clustering";
        };
    }

    @Override
    public Embeddings decode(EmbeddingRequest request, WireResponse response) {
        JsonAnswer answer = new JsonAnswer(errors, request.model(), response);
        JsonNode tree = answer.tree();
        if (Failures.isError(tree)) {
            throw answer.reported(response.text(), Phase.BODY);
        }
        JsonNode embeddings = tree.path("embeddings");
        JsonNode vectors = TYPES.stream()
                .map(embeddings::path)
                .filter(JsonNode::isArray)
                .findFirst()
                // A host of version 1 leaves out the types.
                .orElse(embeddings);
        Long tokens = Json.whole(tree, "meta", UsageReader.BILLED, "input_tokens");
        return Embeddings.of(
                request.model() == null ? "" : request.model(),
                new VectorReader(answer).listed(vectors),
                tokens == null ? null : Usage.of(Math.max(0, tokens), 0));
    }

    @Override
    public LlmException classify(EmbeddingRequest request, WireResponse response) {
        return Failures.of(errors, request.model(), response);
    }

    @Override
    public String toString() {
        return "CohereEmbeddings[" + errors.provider() + ", " + path + "]";
    }
}
