package io.aicore.llm.codec;

import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;

/** One wire protocol for embeddings. */
public interface EmbeddingCodec extends PlainCodec<EmbeddingRequest, Embeddings> {

    /** How many texts one request may hold; may depend on the model. */
    int maxInputs(EmbeddingRequest request);
}
