package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.Nesting;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param type the event's type; null if the protocol or this event has none
 * @param data the event's data, with line breaks between its lines
 */
public record WireEvent(@Nullable String type, String data) {

    private static final String DONE = "[DONE]";
    private static final String CUT = "[";

    /** The last event of a stream whose end is known to be missing: the beginning of an array, and so no JSON. */
    public static WireEvent cut() {
        return new WireEvent(null, CUT);
    }

    /** Whether the stream's end is known to be missing. */
    public boolean isCut() {
        return data.equals(CUT);
    }

    /** Whether it is {@code [DONE]}, with which many hosts and gateways end their streams. */
    public boolean isDone() {
        return data.strip().equals(DONE);
    }

    /** Whether it is of type {@code error}, or plain text that describes an error. */
    public boolean tellsError() {
        return "error".equals(type) || data.stripLeading().regionMatches(true, 0, "error", 0, "error".length());
    }

    /** Whether its data is not JSON, and not truncated or invalid JSON either. */
    public boolean isWords() {
        String text = data.stripLeading();
        return !text.isEmpty() && !Nesting.opens(text.charAt(0));
    }

    @Override
    public String toString() {
        return "WireEvent[" + type + ", " + data.length() + " chars]";
    }
}
