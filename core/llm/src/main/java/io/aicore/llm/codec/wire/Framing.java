package io.aicore.llm.codec.wire;

import java.util.List;

/** Cuts the bytes of one stream into events. Holds that stream's state; not thread-safe. */
public interface Framing {

    /** The events that these bytes complete; incomplete ones are kept for the next call. */
    List<WireEvent> feed(byte[] bytes);

    /** The events that a normal end of the body completes. Default: none; an incomplete event is dropped. */
    default List<WireEvent> finish() {
        return List.of();
    }
}
