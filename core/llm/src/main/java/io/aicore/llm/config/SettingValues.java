package io.aicore.llm.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values of one source, or of several merged ones, each with its origin. */
final class SettingValues {

    private record Given(Object value, String where) {}

    private final Map<Setting<?>, Given> given = new LinkedHashMap<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> options = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();

    <T> void put(Setting<T> setting, T value, String where) {
        given.put(setting, new Given(Objects.requireNonNull(value), where));
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, String> options() {
        return options;
    }

    /** Of the sources themselves, not of a value. */
    List<String> warnings() {
        return warnings;
    }

    Map<String, String> copyOfHeaders() {
        var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        return Collections.unmodifiableMap(copy);
    }

    Map<String, String> copyOfOptions() {
        return Collections.unmodifiableMap(new TreeMap<>(options));
    }

    boolean has(Setting<?> setting) {
        return given.containsKey(setting);
    }

    @SuppressWarnings("unchecked") // put() pairs every setting with a value of its type
    <T> @Nullable T get(Setting<T> setting) {
        Given found = given.get(setting);
        return found == null ? null : (T) found.value();
    }

    <T> T get(Setting<T> setting, T otherwise) {
        @Nullable T value = get(setting);
        return value == null ? otherwise : value;
    }

    /** The origin of a value; the setting's own name if it has none. */
    String where(Setting<?> setting) {
        Given found = given.get(setting);
        return found == null ? setting.paths().get(0) : found.where();
    }

    /** These values, completed by those of the lower source. */
    SettingValues over(SettingValues lower) {
        SettingValues both = new SettingValues();
        both.putAll(lower);
        both.putAll(this);
        return both;
    }

    private void putAll(SettingValues other) {
        given.putAll(other.given);
        headers.putAll(other.headers);
        options.putAll(other.options);
        warnings.addAll(other.warnings);
    }
}
