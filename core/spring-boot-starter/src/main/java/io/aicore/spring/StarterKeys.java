package io.aicore.spring;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** The properties below {@code aicore} that configure this starter, not a provider. */
final class StarterKeys {

    private static final Set<String> ALL = new TreeSet<>(Set.of("""
            aicore.enabled aicore.records.url aicore.records.use-application-database aicore.dashboard.path
            aicore.dashboard.token aicore.health.out-of-service-when-open""".split("\\s+")));

    private static final String RECORDS = "io.aicore.observability.LlmOperationCollector";
    private static final List<String> OF_RECORDS =
            List.of("aicore.records.url", "aicore.records.use-application-database", "aicore.dashboard.path");

    private static final Set<String> GROUPS = ALL.stream()
            .map(name -> ConfigurationPropertyName.of(name).getElement(1, Form.UNIFORM))
            .collect(Collectors.toUnmodifiableSet());

    private StarterKeys() {}

    static Set<String> all() {
        return ALL;
    }

    static boolean isOwn(String firstElement) {
        return GROUPS.contains(firstElement);
    }

    /**
     * @throws SettingsException if the name is unknown, unless it is a variable, which may belong to another program
     */
    static void check(ConfigurationPropertyName name, boolean variable) {
        boolean known = ALL.stream().map(ConfigurationPropertyName::of).anyMatch(name::equals);
        if (!known && !variable) {
            String group = "aicore." + name.getElement(1, Form.DASHED);
            throw new SettingsException(name + ": unknown (expected one of: "
                    + ALL.stream().filter(each -> each.startsWith(group)).collect(Collectors.joining(", ")) + ")");
        }
    }

    /** @throws SettingsException if a property asks for records where nothing can keep them */
    static void checkParts(Environment environment, @Nullable ClassLoader classes) {
        if (!ClassUtils.isPresent(RECORDS, classes)) {
            for (String name : OF_RECORDS) {
                if (!environment.getProperty(name, "false").equals("false")) {
                    throw new SettingsException(name + ": aicore-observability is missing among the dependencies");
                }
            }
        }
    }
}
