package io.aicore.llm;

import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.TokenCountCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link WireProvider} speaks. What is null it does not offer, and says so to whoever asks for it.
 *
 * @param authorizer null where the codecs put the key in; {@link LlmConfig#authorizer()} replaces it
 */
public record Protocol(
        @Nullable ChatCodec chat,
        @Nullable EmbeddingCodec embeddings,
        @Nullable TokenCountCodec tokenCount,
        @Nullable RequestAuthorizer authorizer) {

    /** Nothing yet: where each protocol begins, as in {@code NONE.chat(codec)}. */
    public static final Protocol NONE = new Protocol(null, null, null, null);

    /** With completions and streams. */
    public Protocol chat(ChatCodec codec) {
        return new Protocol(codec, embeddings, tokenCount, authorizer);
    }

    /** With embeddings. */
    public Protocol embeddings(EmbeddingCodec codec) {
        return new Protocol(chat, codec, tokenCount, authorizer);
    }

    /** With counting of tokens. */
    public Protocol tokenCount(TokenCountCodec codec) {
        return new Protocol(chat, embeddings, codec, authorizer);
    }

    /** With requests that are completed by this authorizer. */
    public Protocol authorizer(RequestAuthorizer authorizer) {
        return new Protocol(chat, embeddings, tokenCount, authorizer);
    }
}
