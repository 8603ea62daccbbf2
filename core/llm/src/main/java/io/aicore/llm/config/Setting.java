package io.aicore.llm.config;

import io.aicore.internal.Check;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** One setting: its keys in file and environment, and its parser. One object each, so no equality. */
final class Setting<T> {

    private final SettingParser<T> kind;
    private final Predicate<String> hidden;
    private final String variable;
    private final List<String> paths;

    /**
     * Creates a setting.
     *
     * @param hidden whether this text must not be shown
     * @param paths keys in a file; the first is the setting's name, the others are accepted too
     */
    Setting(SettingParser<T> kind, Predicate<String> hidden, String variable, String... paths) {
        this.kind = kind;
        this.hidden = hidden;
        this.variable = variable;
        this.paths = List.of(paths);
    }

    String variable() {
        return variable;
    }

    List<String> paths() {
        return paths;
    }

    /**
     * Parses the value.
     *
     * @param where the variable or the position in the file
     * @param shown the text for error messages: as written, if it was assembled from variables
     */
    T read(String where, String text, String shown) {
        // For callers without null checks, as model(System.getenv("X")).
        if (Objects.isNull(text)) {
            throw Check.wrong(where, "null", "a value; " + variable + " in the environment sets it too");
        }
        String expected;
        try {
            return kind.read(text.strip());
        } catch (IllegalArgumentException e) {
            expected = String.valueOf(e.getMessage());
        }
        // Thrown here, without the cause: what a parser of numbers or addresses quotes may be a secret.
        String value = hidden.test(text) || hidden.test(shown) ? "REDACTED" : Check.quoted(shown);
        throw Check.wrong(where, value, expected);
    }
}
