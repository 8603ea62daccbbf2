package io.aicore.llm;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The vendors' own variables, as their own libraries read them. The rule is the provider's name in upper case with
 * {@code _API_KEY} and {@code _BASE_URL}; here stand the vendors we know, and where they differ from the rule.
 */
final class VendorVariables {

    private record Vendor(String provider, List<String> keys, List<String> addresses) {}

    private static final List<Vendor> VENDORS = List.of(
            vendor("openai"),
            new Vendor(
                    "azure-openai",
                    List.of("AZURE_OPENAI_API_KEY"),
                    List.of("AZURE_OPENAI_BASE_URL", "AZURE_OPENAI_ENDPOINT")),
            vendor("groq"),
            vendor("mistral"),
            vendor("deepseek"),
            vendor("xai"),
            vendor("nvidia"),
            vendor("openrouter"),
            vendor("zai"),
            vendor("together"),
            vendor("fireworks"),
            vendor("cerebras"),
            vendor("anthropic"),
            new Vendor("gemini", List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"), List.of("GEMINI_BASE_URL")),
            new Vendor("cohere", List.of("COHERE_API_KEY", "CO_API_KEY"), List.of("COHERE_BASE_URL")));

    private static final Setting<Secret> KEY = Settings.API_KEY;
    private static final Setting<URI> ADDRESS = Settings.BASE_URL;

    private final Map<String, String> variables;

    VendorVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The provider's key, from the first of its variables that is set. */
    @Nullable
    Secret key(String provider) {
        return read(KEY, of(provider).keys());
    }

    /** The provider's address, likewise. */
    @Nullable
    URI baseUrl(String provider) {
        return read(ADDRESS, of(provider).addresses());
    }

    /** The one vendor whose key is set; openai among several; null if that does not decide it. */
    @Nullable
    String onlyProvider() {
        List<String> found = VENDORS.stream()
                .filter(vendor -> vendor.keys().stream().anyMatch(this::isSet))
                .map(Vendor::provider)
                .toList();
        if (found.contains("openai")) {
            return "openai";
        }
        return found.size() == 1 ? found.get(0) : null;
    }

    private <T> @Nullable T read(Setting<T> setting, List<String> names) {
        for (String name : names) {
            @Nullable String text = variables.get(name);
            if (text != null && !text.isBlank()) {
                return setting.read(name, text, text);
            }
        }
        return null;
    }

    private boolean isSet(String name) {
        @Nullable String text = variables.get(name);
        return text != null && !text.isBlank();
    }

    private static Vendor of(String provider) {
        return Stream.concat(VENDORS.stream(), Stream.of(vendor(provider)))
                .filter(vendor -> vendor.provider().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private static Vendor vendor(String provider) {
        String prefix = provider.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return new Vendor(provider, List.of(prefix + "_API_KEY"), List.of(prefix + "_BASE_URL"));
    }
}
