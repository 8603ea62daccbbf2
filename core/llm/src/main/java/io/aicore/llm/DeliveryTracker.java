package io.aicore.llm;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one attempt at a stream, between its decoder and the caller. A stream can be resumed only if every
 * decoded chunk was delivered: a timer may end the attempt while a chunk is on its way, and resuming after it would
 * leave a gap.
 */
final class DeliveryTracker {

    private static final int STOPPED = -1;

    private final StreamDecoder decoder;
    // Chunks on their way, one more while an event is being decoded; STOPPED once the attempt has failed.
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile @Nullable WireRequest rest;

    DeliveryTracker(StreamDecoder decoder) {
        this.decoder = decoder;
    }

    StreamDecoder decoder() {
        return decoder;
    }

    /** The chunks of this event; none if the attempt has failed in the meantime. */
    List<CompletionChunk> decode(WireEvent event) {
        if (underWay.getAndUpdate(count -> count == STOPPED ? STOPPED : count + 1) == STOPPED) {
            return List.of();
        }
        int decoded = 0;
        try {
            List<CompletionChunk> chunks = decoder.decode(event);
            decoded = chunks.size();
            return chunks;
        } finally {
            underWay.addAndGet(decoded - 1);
        }
    }

    /** The remaining chunks when the connection has ended normally. */
    List<CompletionChunk> end() {
        List<CompletionChunk> chunks = decoder.end();
        underWay.addAndGet(chunks.size());
        return chunks;
    }

    /** A chunk was delivered to the caller, or is kept for it. */
    void arrived() {
        underWay.updateAndGet(count -> count > 0 ? count - 1 : count);
    }

    /** Ends the failed attempt; true if the next one can resume here. */
    boolean stop() {
        if (underWay.compareAndSet(0, STOPPED)) {
            rest = decoder.resume();
        }
        return rest != null;
    }

    /** The request for the rest; null before {@link #stop} and if the stream cannot be resumed. */
    @Nullable
    WireRequest rest() {
        return rest;
    }
}
