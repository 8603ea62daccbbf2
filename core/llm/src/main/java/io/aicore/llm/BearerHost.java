package io.aicore.llm;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's host that wants its key as {@code Authorization: Bearer …}, for the factory of its provider.
 *
 * @param name the provider's configured name
 * @param address its base URL
 */
public record BearerHost(String name, String address) {

    /** The configured base URL without a slash at its end, or the vendor's own address. */
    public URI baseUrl(LlmConfig config) {
        @Nullable URI configured = config.baseUrl();
        if (configured == null) {
            return URI.create(address);
        }
        String text = configured.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : configured;
    }

    /**
     * The header with the key. None if an authorizer or the user's own headers say who asks, or if there is no key and the
     * address is another: it may be a gateway that knows the key itself.
     *
     * @throws IllegalArgumentException if there is no key for the vendor's own address, naming the variables for it
     */
    public Map<String, String> keyHeader(LlmConfig config) {
        boolean own = config.authorizer() != null
                || config.headers().keySet().stream().anyMatch("authorization"::equalsIgnoreCase);
        @Nullable Secret key = config.apiKey();
        if (key != null && !own) {
            return Map.of("authorization", "Bearer " + key.reveal());
        }
        if (own || config.baseUrl() != null) {
            return Map.of();
        }
        throw new IllegalArgumentException("LLM_API_KEY: none (expected: the key for provider " + name + ", here, in "
                + name.toUpperCase(Locale.ROOT).replace('-', '_')
                + "_API_KEY, as api_key in a YAML file or by apiKey(…))");
    }

    /**
     * For a protocol that has no options.
     *
     * @throws IllegalArgumentException if there are any, naming the first
     */
    public void refuseOptions(LlmConfig config) {
        refuseOptions(config, Set.of());
    }

    /**
     * For a protocol that has these options alone.
     *
     * @throws IllegalArgumentException if there are others, naming the first
     */
    public void refuseOptions(LlmConfig config, Set<String> known) {
        config.options().keySet().stream()
                .filter(option -> !known.contains(option))
                .sorted()
                .findFirst()
                .ifPresent(option -> {
                    String expected = known.isEmpty()
                            ? "none, provider " + name + " has no options"
                            : "one of " + new TreeSet<>(known);
                    throw new IllegalArgumentException("options." + option + ": unknown (expected: " + expected + ")");
                });
    }
}
