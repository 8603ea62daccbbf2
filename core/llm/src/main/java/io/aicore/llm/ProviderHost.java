package io.aicore.llm;

import io.aicore.llm.config.KeyVariables;
import io.aicore.llm.config.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's API address and the header for its key, for use in a provider's factory. Immutable: each method returns a
 * new host.
 *
 * @param name the provider's configured name
 * @param address its base URL; null if each user has a different one
 * @param example an example of a base URL, for the error message without one
 * @param header the key's header; in {@code authorization} the key is a bearer token
 * @param keyRequired whether requests without a key are useless
 */
public record ProviderHost(String name, @Nullable String address, String example, String header, boolean keyRequired) {

    private static final String BEARER = "authorization";
    // One of these that the user sets may be the key.
    private static final Set<String> CREDENTIALS = Set.of(BEARER, "api-key", "x-api-key", "x-goog-api-key");

    /** A host that expects its key as {@code Authorization: Bearer …}. */
    public static ProviderHost bearer(String name, @Nullable String address) {
        return new ProviderHost(name, address, "its address", BEARER, true);
    }

    /** Returns a copy that sends the key in this header, without a scheme. */
    public ProviderHost header(String header) {
        return new ProviderHost(name, address, example, header, keyRequired);
    }

    /** Returns a copy that also works without a key, such as a self-hosted server. */
    public ProviderHost keyOptional() {
        return new ProviderHost(name, address, example, header, false);
    }

    /** Returns a copy with this example of a base URL. */
    public ProviderHost example(String example) {
        return new ProviderHost(name, address, example, header, keyRequired);
    }

    /**
     * The configured base URL without a trailing slash, or the vendor's own address.
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
     * Returns the header with the key. Empty if an authorizer or the user's own header of this name carries
     * credentials, or if there is no key and none is needed: a base URL other than the vendor's may be a gateway that
     * adds the key itself, and the user's headers may contain the key.
     *
     * @throws IllegalArgumentException if there is no key and one is needed, naming its variables
     */
    public Map<String, String> keyHeader(LlmConfig config) {
        String variable = KeyVariables.of(name).keys().get(0);
        return keyHeader(config, "the key for provider " + name + ", here, in " + variable);
    }

    /**
     * As {@link #keyHeader(LlmConfig)}, with a custom error message.
     *
     * @param expected what the key is and where it can be set
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

    /** Whether the user sets one of these headers, in any case. */
    public static boolean sets(LlmConfig config, Set<String> headers) {
        return config.headers().keySet().stream()
                .anyMatch(name -> headers.stream().anyMatch(name::equalsIgnoreCase));
    }

    /**
     * Rejects all options except these.
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
