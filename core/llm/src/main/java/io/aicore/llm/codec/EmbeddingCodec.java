package io.aicore.llm.codec;

import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;

/** A wire protocol for embeddings. */
public interface EmbeddingCodec extends PlainCodec<EmbeddingRequest, Embeddings> {

    /** Maximum number of texts in one request; may depend on the model. */
    int maxInputs(EmbeddingRequest request);
}
