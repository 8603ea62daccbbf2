package io.aicore.llm.observe;

import java.util.Locale;

/** How a call ended for its caller. */
public enum CallOutcome {
    /** With its answer. */
    SUCCESS,
    /** With an error. */
    ERROR,
    /** The caller went away. */
    CANCELLED;

    /** The name in lower case, as in {@code success}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The outcome of this word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CallOutcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
