package io.aicore.llm.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment variables that a vendor's own libraries read; of each list, the first that is set is used.
 *
 * @param keys variables for the key
 * @param addresses variables for the base URL
 * @param options variables for options, by option name; the options of one map belong together, such as a name and its
 *     password, and are read only if none of them is set elsewhere
 */
public record KeyVariables(List<String> keys, List<String> addresses, List<Map<String, List<String>>> options) {

    public KeyVariables {
        keys = List.copyOf(keys);
        addresses = List.copyOf(addresses);
        options = List.copyOf(options);
    }

    /** Variables for key and base URL only. */
    public KeyVariables(List<String> keys, List<String> addresses) {
        this(keys, addresses, List.of());
    }

    /** Conventional names: the provider's name in upper case with {@code _API_KEY} and {@code _BASE_URL}. */
    public static KeyVariables of(String provider) {
        String prefix = provider.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return new KeyVariables(List.of(prefix + "_API_KEY"), List.of(prefix + "_BASE_URL"));
    }
}
