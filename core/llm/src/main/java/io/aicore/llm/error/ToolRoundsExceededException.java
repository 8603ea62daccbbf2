package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/**
 * A loop of tools came to its last round and the model still asks for tools. {@link #conversation()} ends with what it asks;
 * {@link #partial()} is its last answer, with the usage of all rounds.
 */
public final class ToolRoundsExceededException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure of this kind. */
    public ToolRoundsExceededException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
