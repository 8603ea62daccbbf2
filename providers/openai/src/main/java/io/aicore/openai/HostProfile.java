package io.aicore.openai;

import io.aicore.llm.codec.completions.EmbeddingDialect;
import org.jspecify.annotations.Nullable;

/**
 * A host of the protocol.
 *
 * @param name the provider name of its configuration
 * @param baseUrl the URL that {@code /chat/completions} and the other paths are appended to; null if each user has a
 *     different one
 * @param key how it expects the key
 * @param dialect of its chat completions; null if not supported
 * @param embeddings of its embeddings; null if not supported
 * @param responses of its Responses API; null if not supported
 */
record HostProfile(
        String name,
        @Nullable String baseUrl,
        KeyStyle key,
        @Nullable Dialect dialect,
        @Nullable EmbeddingDialect embeddings,
        @Nullable ResponsesDialect responses) {

    HostProfile(String name, @Nullable String baseUrl, KeyStyle key, @Nullable Dialect dialect) {
        this(name, baseUrl, key, dialect, null, null);
    }

    HostProfile embeddings(EmbeddingDialect embeddings) {
        return new HostProfile(name, baseUrl, key, dialect, embeddings, responses);
    }

    HostProfile responses(ResponsesDialect responses) {
        return new HostProfile(name, baseUrl, key, dialect, embeddings, responses);
    }

    /** How a host wants its key. */
    enum KeyStyle {
        /** {@code Authorization: Bearer …}; without a key there is nothing to call at the vendor's own address. */
        BEARER,
        /** {@code Authorization: Bearer …} if there is a key: self-hosted servers often have none. */
        OPTIONAL_BEARER,
        /** {@code api-key: …}. */
        API_KEY_HEADER
    }

    /** Whether its models may be open ones, whose thoughts come as text where the host does not know the model. */
    boolean hasOpenModels() {
        return !name.equals(Hosts.OPENAI) && !name.equals(Hosts.AZURE);
    }
}
