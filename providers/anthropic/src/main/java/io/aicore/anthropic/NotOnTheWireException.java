package io.aicore.anthropic;

/** Something in a request that this protocol can't say. */
final class NotOnTheWireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    /** @param why without a word of the prompt */
    NotOnTheWireException(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
