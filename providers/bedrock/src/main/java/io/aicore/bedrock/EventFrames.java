package io.aicore.bedrock;

import io.aicore.llm.codec.wire.Framing;
import io.aicore.llm.codec.wire.WireEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Collects frames by their length, and lets AWS's library verify and decode them. (Its own decoder holds two megabytes
 * for each stream from the start.) The length is trusted once its checksum matches, so that a broken one does not block
 * the stream. A broken frame ends the reading and becomes an event; one truncated by the connection's end is dropped.
 */
final class EventFrames implements Framing {

    // Two lengths and their checksum; a frame ends with another one.
    private static final int PRELUDE = 12;
    private static final int LEAST = PRELUDE + Integer.BYTES;

    private final int maxBytes;
    private final Supplier<? extends RuntimeException> tooLong;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream(256);
    private int length;
    private boolean broken;

    EventFrames(int maxBytes, Supplier<? extends RuntimeException> tooLong) {
        this.maxBytes = maxBytes;
        this.tooLong = tooLong;
    }

    @Override
    public void read(byte[] bytes, int from, int to, Consumer<WireEvent> events) {
        int read = from;
        while (read < to && !broken) {
            int wanted = (length == 0 ? PRELUDE : length) - frame.size();
            int taken = Math.min(wanted, to - read);
            frame.write(bytes, read, taken);
            read += taken;
            if (taken == wanted) {
                gathered(events);
            }
        }
    }

    private void gathered(Consumer<WireEvent> events) {
        if (length == 0) {
            begin(events);
            return;
        }
        ByteBuffer whole = ByteBuffer.wrap(frame.toByteArray());
        frame.reset();
        length = 0;
        WireEvent event;
        try {
            event = event(Message.decode(whole));
        } catch (RuntimeException e) {
            // The library throws whatever its reading stumbles over; its words may quote the payload.
            breaks(events, "a frame of the stream fails its checksum or has another form");
            return;
        }
        if (event != null) {
            events.accept(event);
        }
    }

    private void begin(Consumer<WireEvent> events) {
        ByteBuffer prelude = ByteBuffer.wrap(frame.toByteArray());
        CRC32 checksum = new CRC32();
        checksum.update(prelude.array(), 0, PRELUDE - Integer.BYTES);
        if ((int) checksum.getValue() != prelude.getInt(PRELUDE - Integer.BYTES)) {
            breaks(events, "the beginning of a frame fails its checksum");
            return;
        }
        length = prelude.getInt(0);
        if (length < 0 || length > maxBytes) {
            broken = true;
            throw tooLong.get();
        }
        if (length < LEAST) {
            breaks(events, "a frame of the stream is shorter than any can be");
        }
    }

    private void breaks(Consumer<WireEvent> events, String why) {
        broken = true;
        events.accept(new WireEvent(EventStream.BROKEN, why));
    }

    /** Null for a frame that is no news. */
    private static @Nullable WireEvent event(Message message) {
        Map<String, HeaderValue> headers = message.getHeaders();
        byte[] payload = message.getPayload();
        return switch (text(headers, ":message-type")) {
            case "event" -> WireEvent.of(text(headers, ":event-type"), payload, 0, payload.length);
            case "exception" ->
                WireEvent.of(EventStream.EXCEPTION + text(headers, ":exception-type"), payload, 0, payload.length);
            case "error" ->
                new WireEvent(EventStream.ERROR + text(headers, ":error-code"), text(headers, ":error-message"));
            default -> null;
        };
    }

    private static String text(Map<String, HeaderValue> headers, String name) {
        HeaderValue value = headers.get(name);
        // What is no string throws, and is a frame of another form.
        return value == null ? "" : value.getString();
    }
}
