package io.aicore.llm.chat;

import java.util.Locale;

/** The author of a {@link Message}. */
public enum Role {
    /** Instructions from the application. */
    SYSTEM,
    /** The user, or the program on the user's behalf. */
    USER,
    /** The model. */
    ASSISTANT,
    /** The result of a tool call. */
    TOOL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as in {@code assistant}. */
    public String word() {
        return word;
    }
}
