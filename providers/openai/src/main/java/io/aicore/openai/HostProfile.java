package io.aicore.openai;

import io.aicore.llm.codec.completions.EmbeddingDialect;
import org.jspecify.annotations.Nullable;

/**
 * One host of the protocol.
 *
 * @param name the provider name it is configured by
 * @param baseUrl what {@code /chat/completions} and the other paths are appended to; null where every user has their own
 * @param key how it wants its key
 * @param dialect of its chat completions; null where it has none
 * @param embeddings how it is asked for vectors; null where it has none
 * @param responses how it serves the Responses API; null where it is not known to
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
        /** {@code Authorization: Bearer …} if there is a key: servers of one's own often have none. */
        OPTIONAL_BEARER,
        /** {@code api-key: …}. */
        API_KEY_HEADER
    }

    /** Whether its models may be open ones, whose thoughts come as text where the host does not know the model. */
    boolean hasOpenModels() {
        return !name.equals(Hosts.OPENAI) && !name.equals(Hosts.AZURE);
    }
}
