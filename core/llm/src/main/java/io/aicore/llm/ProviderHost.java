package io.aicore.llm;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor's API is and how it takes its key, for the factory of its provider. Immutable: each step is a new host.
 *
 * @param name the provider's configured name
 * @param address its base URL; null where every user has their own
 * @param example what a base URL is, for a message where there is none
 * @param header the key's header; {@code authorization} has it as a bearer token
 * @param keyRequired whether there is nothing to ask without a key
 */
public record ProviderHost(String name, @Nullable String address, String example, String header, boolean keyRequired) {

    private static final String BEARER = "authorization";
    // One of these that the user sets may be the key.
    private static final Set<String> CREDENTIALS = Set.of(BEARER, "api-key", "x-api-key", "x-goog-api-key");

    /** A host that wants its key as {@code Authorization: Bearer …}. */
    public static ProviderHost bearer(String name, @Nullable String address) {
        return new ProviderHost(name, address, "its address", BEARER, true);
    }

    /** The same, with the key in this header as it is. */
    public ProviderHost header(String header) {
        return new ProviderHost(name, address, example, header, keyRequired);
    }

    /** The same, also without a key, as a server of one's own. */
    public ProviderHost keyOptional() {
        return new ProviderHost(name, address, example, header, false);
    }

    /** The same, with an example of a base URL. */
    public ProviderHost example(String example) {
        return new ProviderHost(name, address, example, header, keyRequired);
    }

    /**
     * The configured base URL without a slash at its end, or the vendor's own address.
     *
     * @throws IllegalArgumentException if there is neither
     */
    public URI baseUrl(LlmConfig config) {
        @Nullable URI configured = config.baseUrl();
        if (configured != null) {
            String text = configured.toString();
            return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : configured;
        }
        if (address == null) {
            throw new IllegalArgumentException(
                    "LLM_BASE_URL: none (expected: " + example + ", for provider " + name + ")");
        }
        return URI.create(address);
    }

    /**
     * The header with the key. None if an authorizer or the user's own header of this name says who asks, or if there is no
     * key and none is needed: another address than the vendor's may be a gateway that knows the key itself, and a header
     * of the user's may be the key.
     *
     * @throws IllegalArgumentException if there is no key and one is needed, naming the variables for it
     */
    public Map<String, String> keyHeader(LlmConfig config) {
        String variable = KeyVariables.of(name).keys().get(0);
        return keyHeader(config, "the key for provider " + name + ", here, in " + variable);
    }

    /**
     * As {@link #keyHeader(LlmConfig)}.
     *
     * @param expected what the key is and where it may stand, for a message where there is none
     */
    public Map<String, String> keyHeader(LlmConfig config, String expected) {
        if (config.authorizer() != null || sets(config, Set.of(header))) {
            return Map.of();
        }
        @Nullable Secret key = config.apiKey();
        if (key != null) {
            return Map.of(header, header.equals(BEARER) ? "Bearer " + key.reveal() : key.reveal());
        }
        boolean elsewhere = address != null && config.baseUrl() != null;
        if (!keyRequired || elsewhere || sets(config, CREDENTIALS)) {
            return Map.of();
        }
        throw new IllegalArgumentException(
                "LLM_API_KEY: none (expected: " + expected + ", as api_key in a YAML file or by apiKey(…))");
    }

    /** Whether the user sets one of these headers, written in whatever case. */
    public static boolean sets(LlmConfig config, Set<String> headers) {
        return config.headers().keySet().stream()
                .anyMatch(name -> headers.stream().anyMatch(name::equalsIgnoreCase));
    }

    /**
     * For a protocol that has these options alone.
     *
     * @throws IllegalArgumentException if there are others, naming the first
     */
    public static void refuseOptions(LlmConfig config, String... known) {
        Set<String> names = new TreeSet<>(Set.of(known));
        config.options().keySet().stream()
                .filter(option -> !names.contains(option))
                .sorted()
                .findFirst()
                .ifPresent(option -> {
                    String expected = names.isEmpty()
                            ? "none, provider " + config.provider() + " has no options"
                            : "one of " + names;
                    throw new IllegalArgumentException("options." + option + ": unknown (expected: " + expected + ")");
                });
    }
}
