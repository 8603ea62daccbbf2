package io.aicore.testkit;

import io.aicore.llm.codec.wire.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Server-sent events.
 *
 * @param chatty with all that may stand between the events and is none, and without a space after the colon
 */
record EventFrames(String contentType, String lineEnd, boolean chatty) implements Frames {

    @Override
    public byte[] frame(WireEvent event) {
        StringBuilder frame = new StringBuilder();
        if (chatty) {
            line(line(line(line(frame, ": still here"), ""), "id", "7"), "retry", "10");
        }
        if (event.type() != null) {
            line(frame, "event", event.type());
        }
        line(line(frame, "data", event.data()), "");
        return frame.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int spareBytes() {
        return 2 * lineEnd.length();
    }

    private StringBuilder line(StringBuilder frame, String field, String value) {
        return line(frame, field + (chatty ? ":" : ": ") + value);
    }

    private StringBuilder line(StringBuilder frame, String line) {
        return frame.append(line).append(lineEnd);
    }

    @Override
    public List<Frames> variants() {
        return List.of(
                this,
                new EventFrames(contentType + "; charset=utf-8", "\r\n", false),
                new EventFrames(contentType, "\r", false),
                new EventFrames(contentType, "\n", true));
    }

    @Override
    public String toString() {
        String ends = lineEnd.replace("\r", "CR").replace("\n", "LF");
        return "events with " + ends + (chatty ? " and comments" : "");
    }
}
