package io.aicore.spring;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The properties below {@code aicore} that are no provider's: those of this starter. */
final class StarterKeys {

    private static final Set<String> ALL =
            new TreeSet<>(Set.of("aicore.enabled", "aicore.records.url", "aicore.health.out-of-service-when-open"));

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

    /** @throws SettingsException if the name is none of these, unless it is a variable, which may be another program's */
    static void check(ConfigurationPropertyName name, boolean variable) {
        boolean known = ALL.stream().map(ConfigurationPropertyName::of).anyMatch(name::equals);
        if (!known && !variable) {
            String group = "aicore." + name.getElement(1, Form.DASHED);
            throw new SettingsException(name + ": unknown (expected one of: "
                    + ALL.stream().filter(each -> each.startsWith(group)).collect(Collectors.joining(", ")) + ")");
        }
    }
}
