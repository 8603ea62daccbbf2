package io.aicore.llm.error;

import org.jspecify.annotations.Nullable;

/**
 * A tool loop reached its last round and the model still requests tools. {@link #conversation()} ends with these calls;
 * {@link #partial()} is the last answer, with the usage of all rounds.
 */
public final class ToolRoundsExceededException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with these details. */
    public ToolRoundsExceededException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }
}
