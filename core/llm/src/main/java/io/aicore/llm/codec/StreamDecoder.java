package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes one stream, event by event. Holds that stream's state; not thread-safe. */
public interface StreamDecoder {

    /**
     * The chunks in this event; may be empty.
     *
     * @throws LlmException if the event is an error, classified by the status it names
     */
    List<CompletionChunk> decode(WireEvent event);

    /** Whether the protocol's last event has been decoded: later bytes are not read, and the exchange may be closed. */
    boolean ended();

    /**
     * Whether the answer is complete although the protocol would allow more, so that a broken connection is no failure.
     * Default: {@link #ended()}. For protocols whose last event is the end of the connection.
     */
    default boolean whole() {
        return ended();
    }

    /**
     * The remaining chunks when the connection has ended.
     *
     * @throws LlmException an {@code IncompleteStreamException} if the protocol's last event is missing
     */
    List<CompletionChunk> end();

    /**
     * The request for the rest of the stream after the last decoded event; null if it cannot be resumed, for example if
     * the provider itself has failed. Default: null. May be called several times after the exchange has failed.
     *
     * <p>With such a request, the failure is retried even after content was delivered, and this decoder continues with
     * the events of its response without repeating chunks.
     */
    default @Nullable WireRequest resume() {
        return null;
    }

    /** The stream continues in another response with this head. Default: does nothing. */
    default void resumed(WireResponse head) {}
}
