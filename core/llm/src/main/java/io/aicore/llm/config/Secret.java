package io.aicore.llm.config;

import io.aicore.internal.Check;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value that must not be shown, such as an API key; prints as {@code REDACTED}. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * A secret with this value, surrounding white space removed.
     *
     * @throws IllegalArgumentException if the value is null or blank, contains characters that are invalid in a header,
     *     or is not the key itself: quoted, or the name of a variable that was not replaced
     */
    public static Secret of(String value) {
        // For callers without null checks: apiKey(System.getenv("X")) is where a newcomer meets it.
        if (Objects.isNull(value)) {
            throw wrong("null", "a key; the environment variable it is read from is not set, as LLM_API_KEY");
        }
        String stripped = value.strip();
        if (stripped.isEmpty()) {
            throw wrong("''", "a key");
        }
        @Nullable String expected = expected(stripped);
        if (expected != null) {
            throw wrong("REDACTED", expected);
        }
        return new Secret(stripped);
    }

    /** What was expected instead of this key; null if it may be one. */
    static @Nullable String expected(String key) {
        if (key.matches("\\$\\{?\\w+}?|%\\w+%")) {
            return "the key itself, and not the name of the variable that holds it";
        }
        if (key.length() > 1 && "\"'".indexOf(key.charAt(0)) >= 0 && key.charAt(0) == key.charAt(key.length() - 1)) {
            return "the key without the quotes around it";
        }
        return key.chars().anyMatch(c -> c < 0x21 || c > 0x7e) ? "printable ASCII without spaces" : null;
    }

    private static IllegalArgumentException wrong(String shown, String expected) {
        return Check.wrong("apiKey", shown, expected);
    }

    /** The value itself. Use it for the header it belongs in, and nowhere else. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "REDACTED";
    }
}
