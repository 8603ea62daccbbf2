package io.aicore.llm.codec;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A protocol of embeddings whose requests and answers are JSON: it says what a body is and how an answer is read. */
public abstract class JsonEmbeddingCodec implements EmbeddingCodec {

    private final JsonEndpoint endpoint;
    private final int maxInputs;

    /**
     * A protocol that is spoken here.
     *
     * @param maxInputs how many texts one request may hold
     */
    protected JsonEmbeddingCodec(JsonEndpoint endpoint, int maxInputs) {
        this.endpoint = endpoint;
        this.maxInputs = maxInputs;
    }

    /** The request's body, its fields always in the same order; may throw {@code NotOnTheWireException}. */
    protected abstract Map<String, Object> body(EmbeddingRequest request);

    /** The embeddings in this response. */
    protected abstract Embeddings read(EmbeddingRequest request, JsonAnswer answer);

    /** The tokens at this path as the usage of embeddings, which have no output; null if there are none. */
    protected static @Nullable Usage usage(JsonNode tree, String... path) {
        return Json.whole(tree, path) == null ? null : Usage.of(Json.count(tree, path), 0);
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        return maxInputs;
    }

    @Override
    public WireRequest encode(EmbeddingRequest request) {
        return endpoint.post(request.model(), false, () -> body(request));
    }

    @Override
    public final Embeddings decode(EmbeddingRequest request, WireResponse response) {
        return read(request, endpoint.answer(request.model(), response));
    }

    @Override
    public LlmException classify(EmbeddingRequest request, WireResponse response) {
        return endpoint.errors().response(request.model(), response);
    }

    /** Where it is spoken. */
    protected final JsonEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + endpoint + "]";
    }
}
