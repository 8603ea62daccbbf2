package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireEvent;
import java.util.List;

/**
 * Reads the events of one stream, on its event loop and one after another; must not block. What a method throws ends the
 * stream after the elements before it, and reaches the caller unchanged.
 */
public interface EventReader<T> {

    /** The elements of this event; may be empty. The event may be used until this method returns. */
    List<T> read(WireEvent event);

    /**
     * Whether the protocol's last event has been read. The connection then has 200 ms to end in good order, so that
     * another call can use it; one that is held open longer is closed. Default: false.
     */
    default boolean ended() {
        return false;
    }

    /** Whether the elements are complete although reading on failed with this error. Default: {@link #ended()}. */
    default boolean isCompleteDespite(Throwable error) {
        return ended();
    }

    /**
     * The remaining elements when the connection has ended, with or without the protocol's last event; the complete part
     * of an unfinished event has been read.
     */
    List<T> end();
}
