package io.aicore.openai;

import org.jspecify.annotations.Nullable;

/**
 * One host of the protocol.
 *
 * @param name the provider name it is configured by
 * @param baseUrl what {@code /chat/completions} is appended to; null where every user has their own
 * @param key how it wants its key
 * @param keyVariable the vendor's own environment variable for the key
 */
record HostProfile(String name, @Nullable String baseUrl, KeyStyle key, String keyVariable, Dialect dialect) {

    /** How a host wants its key. */
    enum KeyStyle {
        /** {@code Authorization: Bearer …}; without a key there is nothing to call. */
        BEARER,
        /** {@code Authorization: Bearer …} if there is a key: servers of one's own often have none. */
        OPTIONAL_BEARER,
        /** {@code api-key: …}. */
        API_KEY_HEADER
    }

    boolean needsKey() {
        return key != KeyStyle.OPTIONAL_BEARER;
    }
}
