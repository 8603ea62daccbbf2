package io.aicore.cohere;

import io.aicore.llm.codec.ToolArguments;

/**
 * The arguments of a tool call as they come. For a tool without arguments the API writes {@code null} or nothing where an
 * object is meant: what may become a null is held back until more is known.
 */
final class StreamedCall {

    private static final String NOTHING = "null";

    private final int index;
    private final StringBuilder held = new StringBuilder();
    private boolean open;

    /** @param index the position among the answer's calls */
    StreamedCall(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    /** The part that can be emitted after this piece. */
    String more(String piece) {
        if (open) {
            return piece;
        }
        held.append(piece);
        if (NOTHING.startsWith(held.toString().strip())) {
            return "";
        }
        open = true;
        return held.toString();
    }

    /** The rest at the call's end; empty on further calls. */
    String rest() {
        if (open) {
            return "";
        }
        open = true;
        return ToolArguments.NONE;
    }
}
