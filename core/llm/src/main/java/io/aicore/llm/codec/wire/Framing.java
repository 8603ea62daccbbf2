package io.aicore.llm.codec.wire;

import java.util.List;

/** Cuts the bytes of one stream into events. Holds that stream's state; not for several threads at once. */
public interface Framing {

    /** The events that these bytes complete; what they begin is kept for the next call. */
    List<WireEvent> feed(byte[] bytes);

    /** What an end of the body in good order completes. Default: nothing, what was begun is dropped. */
    default List<WireEvent> finish() {
        return List.of();
    }
}
