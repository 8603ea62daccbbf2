package io.aicore.llm.codec.completions;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonEmbeddingCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.VectorReader;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The embeddings that most hosts offer beside chat completions: indexed, as JSON numbers or base64, whichever was
 * requested.
 */
public final class CommonEmbeddings extends JsonEmbeddingCodec {

    private final EmbeddingDialect dialect;
    private final ChatDialect chat;

    /** Creates the protocol for this endpoint in this dialect. */
    public CommonEmbeddings(JsonEndpoint endpoint, EmbeddingDialect dialect) {
        this(endpoint, dialect, ChatDialect.COMMON);
    }

    /**
     * Creates the protocol for this endpoint in this dialect.
     *
     * @param chat the host's chat completions, which report failures in the same way
     */
    public CommonEmbeddings(JsonEndpoint endpoint, EmbeddingDialect dialect, ChatDialect chat) {
        super(endpoint, dialect.maxInputs());
        this.dialect = dialect;
        this.chat = chat;
    }

    @Override
    protected Map<String, Object> body(EmbeddingRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put("input", request.inputs());
        put(body, dialect.dimensions(), request.dimensions());
        put(
                body,
                "input_type",
                request.purpose() == null ? null : dialect.purposes().get(request.purpose()));
        // Other numbers than floats (Voyage's int8) come as JSON, where they say themselves what they are.
        if (dialect.base64() && !request.extra().containsKey("output_dtype")) {
            body.put("encoding_format", "base64");
        }
        body.putAll(request.extra());
        return body;
    }

    @Override
    protected Embeddings read(EmbeddingRequest request, JsonAnswer answer) {
        PlainEmbeddings plain = new PlainEmbeddings();
        if (plain.fits(answer)) {
            return Embeddings.of(plain.model(), plain.vectors(), usage(plain.tokens()));
        }
        JsonFields tree = ChatErrors.tree(answer);
        if (ChatErrors.in(tree)) {
            throw chat.failure(answer, tree, answer.response().text(), Phase.BODY);
        }
        // Voyage says only the total, which is the same: embeddings have no output.
        JsonFields usage = tree.at("usage");
        String tokens = usage.count("prompt_tokens") == 0 && usage.whole("total_tokens") != null
                ? "total_tokens"
                : "prompt_tokens";
        return Embeddings.of(
                tree.text("model"), new VectorReader(answer).indexed(tree.at("data")), usage(usage, tokens));
    }
}
