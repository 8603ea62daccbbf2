package io.aicore.llm.observe;

import java.util.Locale;

/** How a call ended for its caller. */
public enum CallOutcome {
    /** The caller got the answer. */
    SUCCESS,
    /** The caller got an error. */
    ERROR,
    /** The caller cancelled. */
    CANCELLED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as in {@code success}. */
    public String word() {
        return word;
    }

    /**
     * The outcome with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CallOutcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
