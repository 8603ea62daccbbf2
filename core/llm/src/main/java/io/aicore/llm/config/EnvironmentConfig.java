package io.aicore.llm.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Reads {@code LLM_*} variables. Other programs use that prefix too: an unknown variable is an error if its name lies
 * in a reserved part of the names or resembles a known one, and a warning otherwise.
 */
final class EnvironmentConfig {

    private static final Logger LOG = Loggers.getLogger(EnvironmentConfig.class);
    private static final String PREFIX = "LLM_";
    private static final List<String> OURS = List.of("LLM_RETRY_", "LLM_CIRCUIT_", "LLM_MAX_");

    private EnvironmentConfig() {}

    static SettingValues read(Map<String, String> variables) {
        Map<String, Setting<?>> known = new TreeMap<>();
        Settings.all().forEach(setting -> known.put(setting.variable(), setting));
        SettingValues values = new SettingValues();
        List<String> foreign = new ArrayList<>();
        new TreeMap<>(variables).forEach((name, text) -> {
            @Nullable Setting<?> setting = known.get(name);
            if (!name.startsWith(PREFIX) || text.isBlank()) {
                return;
            }
            if (setting != null) {
                put(values, setting, name, text);
            } else if (name.startsWith(Settings.OPTION_PREFIX) && name.length() > Settings.OPTION_PREFIX.length()) {
                values.options().put(optionName(name), text.strip());
            } else {
                foreign.add(refusedOrForeign(name, known));
            }
        });
        if (!foreign.isEmpty()) {
            LOG.warn("Ignored environment variables that are no known settings: {}", foreign);
        }
        return values;
    }

    private static <T> void put(SettingValues values, Setting<T> setting, String name, String text) {
        values.put(setting, setting.read(name, text, text), name);
    }

    private static String optionName(String variable) {
        return variable.substring(Settings.OPTION_PREFIX.length()).toLowerCase(Locale.ROOT);
    }

    /** The first variable that sets an address under a foreign name; null if none does. */
    static @Nullable String otherAddress(Map<String, String> variables) {
        return FamiliarNames.ADDRESSES.stream()
                .filter(name -> !variables.getOrDefault(name, "").isBlank())
                .sorted()
                .findFirst()
                .orElse(null);
    }

    private static String refusedOrForeign(String name, Map<String, Setting<?>> known) {
        @Nullable String advice = FamiliarNames.ofVariable(name, known.keySet());
        for (String prefix : OURS) {
            if (name.startsWith(prefix)) {
                throw FamiliarNames.unknown(
                        "", name, advice == null ? FamiliarNames.oneOf(prefix, known.keySet()) : advice);
            }
        }
        if (advice != null && !FamiliarNames.isOthers(name)) {
            throw FamiliarNames.unknown("", name, advice);
        }
        return advice == null ? name : name + " (" + advice + ")";
    }
}
