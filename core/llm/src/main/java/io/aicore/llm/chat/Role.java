package io.aicore.llm.chat;

/** Who speaks in a {@link Message}. */
public enum Role {
    /** Instructions by the application. */
    SYSTEM,
    /** The person, or the program, that asks. */
    USER,
    /** The model. */
    ASSISTANT,
    /** The result of a tool call. */
    TOOL
}
