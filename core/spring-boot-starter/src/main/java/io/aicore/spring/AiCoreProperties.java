package io.aicore.spring;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties below {@code aicore} as text, because durations and error messages are those of this library, not
 * Spring's. If two sources set the same property in different spellings, the one with higher precedence counts, as
 * usual in Spring.
 */
final class AiCoreProperties {

    static final String PREFIX = "aicore";
    static final String PROVIDERS = "providers";

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PREFIX);

    private final Map<String, String> provider = new LinkedHashMap<>();
    // By the letters and digits of the name, which is all that a variable has of it.
    private final Map<String, Map<String, String>> named = new TreeMap<>();
    private final Map<String, String> names = new TreeMap<>();
    private final Set<String> seen = new TreeSet<>();
    private final Environment environment;
    private final Binder binder;

    private AiCoreProperties(Environment environment) {
        this.environment = environment;
        this.binder = Binder.get(environment);
    }

    /**
     * Reads all properties.
     *
     * @throws SettingsException for a property unknown to this starter
     */
    static AiCoreProperties of(Environment environment) {
        AiCoreProperties properties = new AiCoreProperties(environment);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                names.stream().filter(ROOT::isAncestorOf).forEach(name -> properties.add(name, source));
            }
        }
        return properties;
    }

    /** Properties of the unnamed provider. */
    Map<String, String> provider() {
        return provider;
    }

    /** Properties of the named providers, by name. */
    Map<String, Map<String, String>> named() {
        Map<String, Map<String, String>> byName = new TreeMap<>();
        named.forEach((letters, settings) -> byName.put(names.getOrDefault(letters, letters), settings));
        return byName;
    }

    /** The environment variables of this process, or a test's replacement. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (environment instanceof ConfigurableEnvironment configurable) {
            @Nullable
            PropertySource<?> source =
                    configurable.getPropertySources().get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
            if (source != null && source.getSource() instanceof Map<?, ?> values) {
                values.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
            }
        }
        return variables;
    }

    private void add(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        String first = uniform(name.getElement(1, Form.UNIFORM));
        if (StarterKeys.isOwn(first)) {
            StarterKeys.check(name, isVariable(source));
        } else if (first.equals(PROVIDERS)) {
            addNamed(name, source);
        } else if (isOurs(name, 1, source)) {
            put(provider, name, 1);
        }
    }

    private void addNamed(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        if (name.getNumberOfElements() > 3) {
            if (isOurs(name, 3, source)) {
                String written = name.getElement(2, Form.ORIGINAL);
                if (!isVariable(source)) {
                    names.putIfAbsent(uniform(written), written);
                }
                put(named.computeIfAbsent(uniform(written), letters -> new LinkedHashMap<>()), name, 3);
            }
        } else if (!text(name).isBlank() && !isVariable(source)) {
            throw new SettingsException(
                    name + ": a single value (expected: settings below " + PREFIX + "." + PROVIDERS + ".NAME)");
        }
    }

    private void put(Map<String, String> settings, ConfigurationPropertyName name, int depth) {
        if (seen.add(uniform(name.toString()))) {
            settings.put(below(name, depth), text(name));
        }
    }

    /**
     * Variables with this prefix may belong to another program: Kubernetes adds AICORE_PORT and the like to each
     * container if a service is called aicore. Unknown ones are not reported as misspelled.
     */
    private static boolean isOurs(ConfigurationPropertyName name, int depth, ConfigurationPropertySource source) {
        return !isVariable(source) || ProviderConfigs.isSetting(below(name, depth));
    }

    private static boolean isVariable(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    private String text(ConfigurationPropertyName name) {
        return binder.bind(name, Bindable.of(String.class)).orElse("");
    }

    private static String below(ConfigurationPropertyName name, int depth) {
        StringBuilder path = new StringBuilder();
        for (int i = depth; i < name.getNumberOfElements(); i++) {
            path.append(i == depth ? "" : ".").append(name.getElement(i, Form.ORIGINAL));
        }
        return path.toString();
    }

    private static String uniform(String name) {
        return name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
    }
}
