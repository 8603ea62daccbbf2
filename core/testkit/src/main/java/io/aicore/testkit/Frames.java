package io.aicore.testkit;

import io.aicore.llm.codec.wire.WireEvent;
import java.util.List;

/** How a protocol frames the events of a stream. One that is none of these implements it. */
public interface Frames {

    /** Server-sent events, with an {@code event:} line where the event has a type. */
    static Frames events() {
        return new EventFrames("text/event-stream", "\n", false);
    }

    /** One JSON object a line; the event's type is not written. */
    static Frames jsonLines(String contentType) {
        return new LineFrames(contentType, "\n");
    }

    /** The response's content type. */
    String contentType();

    /** The bytes of this event. */
    byte[] frame(WireEvent event);

    /** How many of a stream's last bytes may be missing without a loss: a line break after the last line, for example. */
    default int spareBytes() {
        return 0;
    }

    /** Other ways to write the same that must be read the same. */
    default List<Frames> variants() {
        return List.of(this);
    }
}
