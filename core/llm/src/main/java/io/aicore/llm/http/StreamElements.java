package io.aicore.llm.http;

import io.aicore.limit.Guard;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a reader makes of the body of a 2xx response to a streaming request, buffer by buffer. Used on the connection's event
 * loop.
 */
final class StreamElements<T> {

    private static final byte[] NOTHING = {};

    private final Incoming incoming;
    private final StreamReader<T> reader;
    private final Function<byte[], WireResponse> response;
    private final ExchangeTimers watch;
    private final TransportErrors faults;
    private final ReadArrays arrays;
    private @Nullable EventReader<T> events;
    private @Nullable Throwable readersOwn;

    /** The elements that come with the end of a body, and then its failure if it has one. */
    record End<T>(List<T> rest, @Nullable Throwable failure) {}

    /**
     * @param response the response with this body
     */
    StreamElements(
            Incoming incoming,
            StreamReader<T> reader,
            Function<byte[], WireResponse> response,
            ExchangeTimers watch,
            TransportErrors faults,
            ReadArrays arrays) {
        this.incoming = incoming;
        this.reader = reader;
        this.response = response;
        this.watch = watch;
        this.faults = faults;
        this.arrays = arrays;
    }

    /** There is demand for the next buffer. */
    void wanted() {
        watch.waiting();
    }

    /** Adds the elements of the next buffer; what it throws follows them, see {@link #failed}. */
    void read(ByteBuf buffer, List<T> elements) {
        watch.arrived();
        int length = buffer.readableBytes();
        byte[] bytes = arrays.take(length);
        try {
            buffer.readBytes(bytes, 0, length);
            incoming.read(bytes, length, event -> read(event, elements));
            if (isLastRead()) {
                watch.lastEventRead();
            }
        } finally {
            arrays.give(bytes);
        }
    }

    private void read(WireEvent event, List<T> elements) {
        try {
            elements.addAll(events().read(event));
        } catch (RuntimeException | Error thrown) {
            readersOwn = thrown;
            throw thrown;
        }
    }

    private boolean isLastRead() {
        EventReader<T> known = events;
        try {
            return known != null && known.ended();
        } catch (RuntimeException | Error thrown) {
            readersOwn = thrown;
            throw thrown;
        }
    }

    private EventReader<T> events() {
        EventReader<T> known = events;
        if (known == null) {
            known = reader.events(response.apply(NOTHING));
            events = known;
        }
        return known;
    }

    /** The body has ended. A timeout closes the connection, which looks like an end. */
    End<T> ended() {
        Throwable timeout = watch.timeout();
        return timeout == null ? complete() : failed(timeout);
    }

    private End<T> complete() {
        List<T> rest = new ArrayList<>();
        try {
            byte[] whole = incoming.finish(event -> read(event, rest));
            rest.addAll(whole == null ? events().end() : reader.response(response.apply(whole)));
            return new End<>(rest, null);
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            return new End<>(rest, thrown);
        }
    }

    /** The connection or the reading of the body has failed. */
    End<T> failed(Throwable error) {
        if (error == readersOwn) {
            return new End<>(List.of(), error);
        }
        boolean stream = incoming.isStream();
        Throwable failure = watch.timeoutOr(stream ? faults.inStream(error) : faults.inBody(error));
        try {
            return stream && events().isCompleteDespite(failure)
                    ? new End<>(events().end(), null)
                    : new End<>(List.of(), failure);
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            return new End<>(List.of(), thrown);
        }
    }
}
