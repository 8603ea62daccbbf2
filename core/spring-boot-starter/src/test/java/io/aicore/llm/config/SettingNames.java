package io.aicore.llm.config;

import java.util.Set;
import java.util.TreeSet;

/** The names of all settings, which the library tells nobody but its own package. */
public final class SettingNames {

    private SettingNames() {}

    public static Set<String> all() {
        Set<String> names = new TreeSet<>(Set.of(Settings.HEADERS, Settings.OPTIONS));
        Settings.all().forEach(setting -> names.addAll(setting.paths()));
        return names;
    }
}
