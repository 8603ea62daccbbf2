package io.aicore.openai;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import java.util.LinkedHashMap;
import java.util.Map;

/** OpenAI's embeddings. */
record OpenAiEmbeddingCodec(Endpoint endpoint, EmbeddingDialect dialect) implements EmbeddingCodec {

    @Override
    public WireRequest encode(EmbeddingRequest request) {
        return endpoint.post(request.model(), false, () -> body(request));
    }

    private Map<String, Object> body(EmbeddingRequest request) {
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
    public int maxInputs(EmbeddingRequest request) {
        return dialect.maxInputs();
    }

    @Override
    public Embeddings decode(EmbeddingRequest request, WireResponse response) {
        return new EmbeddingDecoder(new PlainAnswer(endpoint.errors(), request.model(), response)).decode();
    }

    @Override
    public LlmException classify(EmbeddingRequest request, WireResponse response) {
        return endpoint.errors().response(request.model(), response);
    }
}
