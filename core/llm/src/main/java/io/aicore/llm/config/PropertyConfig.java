package io.aicore.llm.config;

import io.aicore.internal.Check;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from a framework's properties: the keys of a file, below a prefix. Names are compared by letters and
 * digits only, because their form is lost on the way, as with {@code retry_settings.max_retries} in
 * {@code AICORE_RETRY_SETTINGS_MAX_RETRIES}.
 */
final class PropertyConfig {

    private static final String HEADERS = Settings.HEADERS + ".";
    private static final String OPTIONS = Settings.OPTIONS + ".";

    private final String prefix;
    private final Map<String, Setting<?>> known = new TreeMap<>();
    private final SettingValues values = new SettingValues();

    private PropertyConfig(String prefix) {
        this.prefix = prefix.isEmpty() ? "" : prefix + ".";
        Settings.all().forEach(setting -> setting.paths().forEach(path -> known.put(uniform(path), setting)));
    }

    static SettingValues read(String prefix, Map<String, String> properties) {
        PropertyConfig config = new PropertyConfig(prefix);
        new TreeMap<>(properties).forEach(config::read);
        return config.values;
    }

    private void read(String name, String text) {
        String where = prefix + name;
        @Nullable Setting<?> setting = known.get(uniform(name));
        if (setting != null) {
            put(setting, where, text);
        } else if (isBelow(HEADERS, name)) {
            String header = name.substring(HEADERS.length());
            values.headers().put(HeaderSyntax.name(where, header), HeaderSyntax.value(where, text));
        } else if (isBelow(OPTIONS, name)) {
            values.options().put(snake(name.substring(OPTIONS.length())).replace('.', '_'), text);
        } else if (Settings.names().contains(snake(name))) {
            readGroup(where, text);
        } else {
            String unknown = firstUnknown(name);
            throw FamiliarNames.unknown(prefix, unknown, FamiliarNames.ofKey(prefix, snake(unknown), Settings.names()));
        }
    }

    /** The name up to its first unknown part. */
    private static String firstUnknown(String name) {
        int end = name.indexOf('.');
        while (end >= 0 && Settings.names().contains(snake(name.substring(0, end)))) {
            end = name.indexOf('.', end + 1);
        }
        return end < 0 ? name : name.substring(0, end);
    }

    /** A group whose keys are all commented out arrives as an empty text. */
    private static void readGroup(String where, String text) {
        if (!text.isBlank()) {
            throw Check.wrong(where, "a single value", "keys below it");
        }
    }

    private <T> void put(Setting<T> setting, String where, String text) {
        if (values.has(setting)) {
            throw Check.wrong(where, "beside " + values.where(setting), "one of the two");
        }
        if (!text.isBlank()) {
            values.put(setting, setting.read(where, text, text), where);
        }
    }

    private static boolean isBelow(String group, String name) {
        return name.startsWith(group) && name.length() > group.length();
    }

    private static String uniform(String name) {
        return name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
    }

    /** The spelling of a file. */
    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
    }
}
