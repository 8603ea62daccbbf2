package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.Nesting;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param type the event's type; null where the protocol has none, or this event does not name one
 * @param data the event's data, with line breaks between the lines it came in
 */
public record WireEvent(@Nullable String type, String data) {

    private static final String DONE = "[DONE]";

    /** Whether it is {@code [DONE]}, with which many hosts and gateways end their streams. */
    public boolean isDone() {
        return data.strip().equals(DONE);
    }

    /** Whether it is one of type {@code error}, or has no JSON but words that begin so. */
    public boolean tellsError() {
        return "error".equals(type) || data.stripLeading().regionMatches(true, 0, "error", 0, "error".length());
    }

    /** Whether its data is something else than JSON, and not JSON that was cut or is wrong. */
    public boolean isWords() {
        String text = data.stripLeading();
        return !text.isEmpty() && !Nesting.opens(text.charAt(0));
    }

    @Override
    public String toString() {
        return "WireEvent[" + type + ", " + data.length() + " chars]";
    }
}
