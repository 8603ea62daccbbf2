package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one stream, event by event. Holds that stream's state; not for several threads at once. */
public interface StreamDecoder {

    /**
     * The chunks in this event; empty for an event without news.
     *
     * @throws LlmException if the event is an error, classified as if it had the status it stands for
     */
    List<CompletionChunk> decode(WireEvent event);

    /** Whether the protocol's last event has come: what follows is not read, and the exchange may be ended. */
    boolean ended();

    /**
     * Whether the answer is whole as far as it came, though the protocol would allow more: what breaks the connection now
     * breaks nothing. Default: as {@link #ended()}. For protocols whose last event is the end of the connection.
     */
    default boolean whole() {
        return ended();
    }

    /**
     * What is left when the connection has ended.
     *
     * @throws LlmException an {@code IncompleteStreamException} if the protocol's last event has not come
     */
    List<CompletionChunk> end();

    /**
     * What asks for the rest of the stream, from after the last event that was decoded; null where that can't be had, as when
     * the provider itself has failed. Default: null. Asked after the exchange has failed, perhaps several times.
     *
     * <p>Where there is such a request, the failure is retried also after content was delivered, and this decoder goes on
     * with the events of the answer to it: what it gave is not given again.
     */
    default @Nullable WireRequest resume() {
        return null;
    }

    /** The stream goes on in a further response with this head. Default: does nothing. */
    default void resumed(WireResponse head) {}
}
