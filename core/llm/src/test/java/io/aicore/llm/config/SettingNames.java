package io.aicore.llm.config;

import java.util.List;

/** What the table of settings holds, for tests that look whether they know all of it. */
public final class SettingNames {

    private SettingNames() {}

    public static List<String> variables() {
        return Settings.all().stream().map(Setting::variable).toList();
    }

    /** The first path of each. */
    public static List<String> paths() {
        return Settings.all().stream().map(setting -> setting.paths().get(0)).toList();
    }
}
