package io.aicore.llm;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment variables that a vendor's own libraries read; of each list the first that is set counts.
 *
 * @param keys for the key
 * @param addresses for the base URL
 * @param options for options, by their names; those of one map belong together, as a name and its password, and are read
 *     only where none of them is said elsewhere
 */
public record KeyVariables(List<String> keys, List<String> addresses, List<Map<String, List<String>>> options) {

    public KeyVariables {
        keys = List.copyOf(keys);
        addresses = List.copyOf(addresses);
        options = List.copyOf(options);
    }

    /** Variables for key and base URL alone. */
    public KeyVariables(List<String> keys, List<String> addresses) {
        this(keys, addresses, List.of());
    }

    /** The rule: the provider's name in upper case with {@code _API_KEY} and {@code _BASE_URL}. */
    public static KeyVariables of(String provider) {
        String prefix = provider.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return new KeyVariables(List.of(prefix + "_API_KEY"), List.of(prefix + "_BASE_URL"));
    }
}
