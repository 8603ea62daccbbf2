package io.aicore.llm;

import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embeddings, one for each text. */
record EmbeddingOperation(EmbeddingCodec codec, EmbeddingRequest request, String provider)
        implements WireExchange.Operation<Embeddings> {

    @Override
    public WireRequest encode() {
        return codec.encode(request);
    }

    @Override
    public List<String> texts() {
        return CallerWords.of(request);
    }

    @Override
    public @Nullable String model() {
        return request.model();
    }

    @Override
    public Embeddings read(WireResponse response) {
        if (!response.successful()) {
            throw codec.classify(request, response);
        }
        Embeddings answer = codec.decode(request, response);
        int vectors = answer.vectors().size();
        int texts = request.inputs().size();
        if (vectors != texts) {
            throw WireAttempts.malformed(
                    provider,
                    request.model(),
                    false,
                    "the response has " + vectors + " embeddings for " + texts + " texts");
        }
        return answer;
    }
}
