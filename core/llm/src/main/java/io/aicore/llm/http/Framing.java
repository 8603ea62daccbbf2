package io.aicore.llm.http;

import io.aicore.llm.codec.WireEvent;
import java.util.List;

/** Cuts the bytes of one stream into events. Holds that stream's state; not for several threads at once. */
interface Framing {

    /** The events that these bytes complete; what they begin is kept for the next call. */
    List<WireEvent> feed(byte[] bytes);
}
