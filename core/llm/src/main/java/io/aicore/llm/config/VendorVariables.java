package io.aicore.llm.config;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The vendors' own variables, as their libraries read them: those of a provider's module, otherwise those listed here,
 * otherwise the conventional names. The list is for users without the module, whose error message names it.
 */
public final class VendorVariables {

    private record Vendor(String provider, KeyVariables variables) {}

    private static final List<Vendor> VENDORS = List.of(
            vendor("openai"),
            new Vendor(
                    "azure-openai",
                    new KeyVariables(
                            List.of("AZURE_OPENAI_API_KEY"),
                            List.of("AZURE_OPENAI_BASE_URL", "AZURE_OPENAI_ENDPOINT"))),
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
            new Vendor(
                    "gemini",
                    new KeyVariables(List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"), List.of("GEMINI_BASE_URL"))),
            new Vendor(
                    "cohere", new KeyVariables(List.of("COHERE_API_KEY", "CO_API_KEY"), List.of("COHERE_BASE_URL"))));

    private static final Setting<Secret> KEY = Settings.API_KEY;
    private static final Setting<URI> ADDRESS = Settings.BASE_URL;

    private final Map<String, String> variables;
    private final Modules modules;

    /** What the provider modules on the class path say of themselves. */
    public interface Modules {

        /** The providers that answer questions. */
        Collection<String> completing();

        /** The variables of this provider; null if its module says none. */
        @Nullable
        KeyVariables variables(String provider);
    }

    VendorVariables(Map<String, String> variables, Modules modules) {
        this.variables = variables;
        this.modules = modules;
    }

    static VendorVariables none() {
        return new VendorVariables(Map.of(), new Modules() {
            @Override
            public Collection<String> completing() {
                return List.of();
            }

            @Override
            public @Nullable KeyVariables variables(String provider) {
                return null;
            }
        });
    }

    /** The provider's key, from the first of its variables that is set. */
    @Nullable
    Secret key(String provider) {
        return read(KEY, of(provider).keys());
    }

    /** The provider's address, from the first of its variables that is set. */
    @Nullable
    URI baseUrl(String provider) {
        return read(ADDRESS, of(provider).addresses());
    }

    /** The provider's options; a group is used only if none of its options is set elsewhere. */
    Map<String, String> options(String provider, Map<String, String> said) {
        Map<String, String> found = new LinkedHashMap<>();
        for (Map<String, List<String>> group : of(provider).options()) {
            if (group.keySet().stream().noneMatch(said::containsKey)) {
                group.forEach((option, names) -> names.stream()
                        .filter(this::isSet)
                        .findFirst()
                        .map(variables::get)
                        .ifPresent(text -> found.put(option, text.strip())));
            }
        }
        return found;
    }

    /** The only vendor whose key is set; openai among several; null if undecided. */
    @Nullable
    String onlyProvider() {
        Set<String> found = new TreeSet<>();
        Stream.concat(VENDORS.stream().map(Vendor::provider), modules.completing().stream())
                .filter(provider -> of(provider).keys().stream().anyMatch(this::isSet))
                .forEach(found::add);
        if (found.contains("openai")) {
            return "openai";
        }
        return found.size() == 1 ? found.iterator().next() : null;
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

    private KeyVariables of(String provider) {
        @Nullable KeyVariables own = modules.variables(provider);
        if (own != null) {
            return own;
        }
        return VENDORS.stream()
                .filter(vendor -> vendor.provider().equals(provider))
                .findFirst()
                .map(Vendor::variables)
                .orElseGet(() -> KeyVariables.of(provider));
    }

    private static Vendor vendor(String provider) {
        return new Vendor(provider, KeyVariables.of(provider));
    }
}
