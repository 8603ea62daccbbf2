package io.aicore.llm.codec;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Base class of embedding protocols whose requests and answers are JSON: a subclass creates the body and reads answers.
 */
public abstract class JsonEmbeddingCodec implements EmbeddingCodec {

    private final JsonEndpoint endpoint;
    private final int maxInputs;

    /**
     * Creates the protocol for this endpoint.
     *
     * @param maxInputs maximum number of texts in one request
     */
    protected JsonEmbeddingCodec(JsonEndpoint endpoint, int maxInputs) {
        this.endpoint = endpoint;
        this.maxInputs = maxInputs;
    }

    /** The request's body, with a fixed order of fields; may throw {@code NotOnTheWireException}. */
    protected abstract Map<String, Object> body(EmbeddingRequest request);

    /** Reads the embeddings in this response. */
    protected abstract Embeddings read(EmbeddingRequest request, JsonAnswer answer);

    /** The token count at this path as the usage of embeddings, which have no output; null without one. */
    protected static @Nullable Usage usage(JsonFields tree, String... path) {
        return tree.whole(path) == null ? null : Usage.of(tree.count(path), 0);
    }

    /** This token count as the usage of embeddings; null if it is negative, for none. */
    protected static @Nullable Usage usage(long tokens) {
        return tokens < 0 ? null : Usage.of(tokens, 0);
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

    /** The endpoint of this protocol. */
    protected final JsonEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + endpoint + "]";
    }
}
