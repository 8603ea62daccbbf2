package io.aicore.llm;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** One setting: where a file and the environment say it, and how its text is read. One object each, so no equality. */
final class Setting<T> {

    private final Kind<T> kind;
    private final Predicate<String> hidden;
    private final String variable;
    private final List<String> paths;

    /**
     * A setting.
     *
     * @param hidden whether this text must not be shown
     * @param paths where a file says it; the first is its name, the others are taken as well
     */
    Setting(Kind<T> kind, Predicate<String> hidden, String variable, String... paths) {
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
     * The value.
     *
     * @param where names the variable or the place in the file
     * @param shown the text as a complaint may show it: as written, where it was put together from variables
     */
    T read(String where, String text, String shown) {
        // For callers without null checks, as model(System.getenv("X")).
        if (Objects.isNull(text)) {
            throw Complaint.wrong(where, "null", "a value; " + variable + " in the environment says it too");
        }
        String expected;
        try {
            return kind.read(text.strip());
        } catch (IllegalArgumentException e) {
            expected = String.valueOf(e.getMessage());
        }
        // Thrown here, without the cause: what a parser of numbers or addresses quotes may be a secret.
        String value = hidden.test(text) || hidden.test(shown) ? "REDACTED" : Complaint.quoted(shown);
        throw Complaint.wrong(where, value, expected);
    }
}
