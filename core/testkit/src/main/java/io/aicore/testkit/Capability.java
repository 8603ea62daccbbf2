package io.aicore.testkit;

/** What a provider can do: the columns of the README's table of providers, in its order. */
public enum Capability {
    /** Answers come piece by piece. */
    STREAMING("streaming"),
    /** The model may ask for calls of functions. */
    TOOLS("tools"),
    /** The provider holds the answer to a JSON schema. */
    STRUCTURED_OUTPUT("structured output"),
    /** Images may stand in a question. */
    IMAGES("images"),
    /** Documents may stand in a question; which other files, the factory's Javadoc says. */
    FILES("files"),
    /** An effort may be asked for, and the model's thoughts are read where they are shown. */
    REASONING("reasoning"),
    /** Embeddings of texts. */
    EMBEDDINGS("embeddings"),
    /** A stream tells what it cost. */
    USAGE_IN_STREAMS("usage in streams"),
    /** The server asks for a delay before the next attempt, and gets it. */
    RETRY_AFTER("retry-after");

    private final String column;

    Capability(String column) {
        this.column = column;
    }

    /** The column's heading. */
    public String column() {
        return column;
    }
}
