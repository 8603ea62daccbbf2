package io.aicore.llm;

import io.aicore.internal.Check;
import io.aicore.llm.config.KeyVariables;
import io.aicore.llm.config.ProviderModules;
import io.aicore.llm.config.VendorVariables;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Entry point: {@code LlmProvider llm = Llm.from(LlmConfig.fromEnvironment())}. */
public final class Llm {

    private Llm() {}

    /**
     * Creates the provider named by {@link LlmConfig#provider()}. Providers are found with {@link ServiceLoader} by the
     * thread's context class loader, or by this library's class loader if that finds none. The caller disposes of the
     * provider.
     *
     * @throws IllegalArgumentException if no provider has this name (the message lists the available ones and the
     *     missing dependency), or if the configuration lacks what the provider needs
     */
    public static LlmProvider from(LlmConfig config) {
        return create(config, visible());
    }

    /** The names of all providers: those on the class path, and those that another module of this library would add. */
    public static SortedSet<String> providers() {
        SortedSet<String> names = new TreeSet<>(ProviderModules.names());
        visible().factories().forEach(factory -> names.addAll(factory.names()));
        return names;
    }

    /** What the modules on the class path say of their vendors' variables. */
    static VendorVariables.Modules modules() {
        List<LlmProviderFactory> factories = visible().factories();
        return new VendorVariables.Modules() {
            @Override
            public List<String> completing() {
                return factories.stream()
                        .flatMap(factory -> factory.names().stream().filter(factory::completes))
                        .toList();
            }

            @Override
            public @Nullable KeyVariables variables(String provider) {
                return factories.stream()
                        .filter(factory -> factory.names().contains(provider))
                        .map(factory -> factory.keyVariables(provider))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            }
        };
    }

    private static Found visible() {
        @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
        Found found = Found.in(context);
        return found.factories().isEmpty() ? Found.in(Llm.class.getClassLoader()) : found;
    }

    /**
     * Creates the provider with a factory that this class loader finds.
     *
     * @throws IllegalArgumentException as {@link #from(LlmConfig)}
     */
    public static LlmProvider from(LlmConfig config, ClassLoader loader) {
        return create(config, Found.in(loader));
    }

    private static LlmProvider create(LlmConfig config, Found found) {
        String name = config.provider();
        List<LlmProviderFactory> claims = found.factories().stream()
                .filter(factory -> factory.names().contains(name))
                .toList();
        if (claims.size() == 1) {
            return claims.get(0).create(config);
        }
        if (claims.isEmpty()) {
            throw found.nobody(name);
        }
        List<String> classes = claims.stream()
                .map(factory -> factory.getClass().getName())
                .sorted()
                .toList();
        throw Check.wrong("provider", Check.quoted(name), "one factory, found " + String.join(" and ", classes));
    }

    /** The factories that loaded, and the errors of the others: a broken provider must not disable the rest. */
    private record Found(List<LlmProviderFactory> factories, List<ServiceConfigurationError> broken) {

        static Found in(@Nullable ClassLoader loader) {
            Found found = new Found(new ArrayList<>(), new ArrayList<>());
            var factories = ServiceLoader.load(LlmProviderFactory.class, loader).iterator();
            while (found.next(factories)) {}
            return found;
        }

        private boolean next(Iterator<LlmProviderFactory> all) {
            try {
                if (!all.hasNext()) {
                    return false;
                }
                factories.add(all.next());
            } catch (ServiceConfigurationError e) {
                broken.add(e);
            }
            return true;
        }

        IllegalArgumentException nobody(String name) {
            Set<String> names = new TreeSet<>();
            factories.forEach(factory -> names.addAll(factory.names()));
            var unknown = new IllegalArgumentException(
                    "provider: " + Check.quoted(name) + " (expected " + ProviderModules.advice(name, names) + ")");
            broken.forEach(unknown::addSuppressed);
            return unknown;
        }
    }
}
