package io.aicore.llm;

/** A value that must not be shown, such as an API key: it prints as {@code REDACTED}. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** A secret with this value, white space around it removed. */
    public static Secret of(String value) {
        String stripped = value.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("apiKey: '' (expected: a key)");
        }
        if (stripped.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new IllegalArgumentException("apiKey: REDACTED (expected: printable ASCII without spaces)");
        }
        return new Secret(stripped);
    }

    /** The value itself. For the header it belongs into, and nowhere else. */
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
