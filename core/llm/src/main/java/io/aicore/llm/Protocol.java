package io.aicore.llm;

import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.TokenCountCodec;
import org.jspecify.annotations.Nullable;

/**
 * The operations that a {@link WireProvider} supports. A null component is not supported; calling it fails.
 *
 * @param authorizer null if the codecs add the key; {@link LlmConfig#authorizer()} replaces it
 */
public record Protocol(
        @Nullable ChatCodec chat,
        @Nullable EmbeddingCodec embeddings,
        @Nullable TokenCountCodec tokenCount,
        @Nullable RequestAuthorizer authorizer) {

    /** A protocol without operations, to start from, as in {@code NONE.chat(codec)}. */
    public static final Protocol NONE = new Protocol(null, null, null, null);

    /** Adds completions and streams. */
    public Protocol chat(ChatCodec codec) {
        return new Protocol(codec, embeddings, tokenCount, authorizer);
    }

    /** Adds embeddings. */
    public Protocol embeddings(EmbeddingCodec codec) {
        return new Protocol(chat, codec, tokenCount, authorizer);
    }

    /** Adds token counting. */
    public Protocol tokenCount(TokenCountCodec codec) {
        return new Protocol(chat, embeddings, codec, authorizer);
    }

    /** Sets the authorizer that adds credentials to each request. */
    public Protocol authorizer(RequestAuthorizer authorizer) {
        return new Protocol(chat, embeddings, tokenCount, authorizer);
    }
}
