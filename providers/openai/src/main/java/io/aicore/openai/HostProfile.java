package io.aicore.openai;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One host of the protocol.
 *
 * @param name the provider name it is configured by
 * @param baseUrl what {@code /chat/completions} is appended to; null where every user has their own
 * @param key how it wants its key
 */
record HostProfile(String name, @Nullable String baseUrl, KeyStyle key, Dialect dialect) {

    /** How a host wants its key. */
    enum KeyStyle {
        /** {@code Authorization: Bearer …}; without a key there is nothing to call at the vendor's own address. */
        BEARER,
        /** {@code Authorization: Bearer …} if there is a key: servers of one's own often have none. */
        OPTIONAL_BEARER,
        /** {@code api-key: …}. */
        API_KEY_HEADER
    }

    /** The vendor's own environment variable for the key. */
    String keyVariable() {
        return name.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
    }
}
