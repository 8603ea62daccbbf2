package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.JsonRequests;

/** A part of a request that a protocol cannot express. {@link JsonRequests} converts it to a typed failure. */
public final class NotOnTheWireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    /**
     * @param why without text of the prompt
     */
    public NotOnTheWireException(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    /** What cannot be expressed, and what is expected instead. */
    public String why() {
        return why;
    }
}
