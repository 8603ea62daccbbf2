package io.aicore.llm.codec;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param type the event's type; null where the protocol has none, or this event does not name one
 * @param data the event's data, with line breaks between the lines it came in
 */
public record WireEvent(@Nullable String type, String data) {
    @Override
    public String toString() {
        return "WireEvent[" + type + ", " + data.length() + " chars]";
    }
}
