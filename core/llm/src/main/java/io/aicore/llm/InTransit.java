package io.aicore.llm;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one attempt at a stream, between its decoder and the caller. A stream can be gone on with only where every
 * chunk that was decoded has arrived. A timer may end the attempt while one is on its way: then it is lost, and to go on
 * after it would leave a gap.
 */
final class InTransit {

    private static final int STOPPED = -1;

    private final StreamDecoder decoder;
    // Chunks on their way, one more while an event is being decoded; STOPPED once the attempt has failed.
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile @Nullable WireRequest rest;

    InTransit(StreamDecoder decoder) {
        this.decoder = decoder;
    }

    StreamDecoder decoder() {
        return decoder;
    }

    /** The chunks of this event; none if the attempt has failed meanwhile. */
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

    /** What is left when the connection has ended in good order. */
    List<CompletionChunk> end() {
        List<CompletionChunk> chunks = decoder.end();
        underWay.addAndGet(chunks.size());
        return chunks;
    }

    /** A chunk is with the caller, or kept for it. */
    void arrived() {
        underWay.updateAndGet(count -> count > 0 ? count - 1 : count);
    }

    /** The attempt has failed: whether the next one can go on from here. */
    boolean stop() {
        if (underWay.compareAndSet(0, STOPPED)) {
            rest = decoder.resume();
        }
        return rest != null;
    }

    /** What asks for the rest; null before {@link #stop}, and where there is no going on. */
    @Nullable
    WireRequest rest() {
        return rest;
    }
}
