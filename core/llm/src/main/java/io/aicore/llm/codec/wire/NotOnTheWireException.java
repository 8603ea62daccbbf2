package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.JsonRequests;

/** Something in a request that a protocol can't say. {@link JsonRequests} makes a typed failure of it. */
public final class NotOnTheWireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    /** @param why without a word of the prompt */
    public NotOnTheWireException(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    /** What can't be said, and what is expected instead. */
    public String why() {
        return why;
    }
}
