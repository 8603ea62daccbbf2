package io.aicore.llm.codec.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Cuts the bytes of one stream into events. Holds that stream's state; not thread-safe. */
public interface Framing {

    /**
     * Hands over the events that these bytes complete, in order; incomplete ones are kept for the next call. The bytes
     * are not changed and not kept, but the events refer to them: an event that is read after the bytes may have changed
     * must be {@link WireEvent#kept()} before.
     *
     * @param from the first byte
     * @param to behind the last byte
     * @param events is called for each event; what it throws ends the reading
     */
    void read(byte[] bytes, int from, int to, Consumer<WireEvent> events);

    /** The events that these bytes, which do not change any more, complete; incomplete ones are kept for the next call. */
    default List<WireEvent> feed(byte[] bytes) {
        List<WireEvent> events = new ArrayList<>();
        read(bytes, 0, bytes.length, events::add);
        return events;
    }

    /** The events that a normal end of the body completes. Default: none; an incomplete event is dropped. */
    default List<WireEvent> finish() {
        return List.of();
    }
}
