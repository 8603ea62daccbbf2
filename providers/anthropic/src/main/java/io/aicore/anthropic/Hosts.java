package io.aicore.anthropic;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The hosts known by name, with what {@code /v1/messages} is appended to. */
final class Hosts {

    private static final Map<String, String> ADDRESSES = Map.of("anthropic", "https://api.anthropic.com");

    private Hosts() {}

    static Set<String> names() {
        return ADDRESSES.keySet();
    }

    /** The host's address; IllegalArgumentException for a name that is none of ours. */
    static String address(String name) {
        String address = ADDRESSES.get(name);
        if (address == null) {
            throw new IllegalArgumentException("provider: " + name + " (expected: one of " + names() + ")");
        }
        return address;
    }

    /** The vendor's own environment variable for the key. */
    static String keyVariable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
    }
}
