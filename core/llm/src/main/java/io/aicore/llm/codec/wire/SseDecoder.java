package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.JsonDocuments;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes server-sent events by the WHATWG specification from bytes that may be cut anywhere: within a character,
 * within CRLF. Only the current line and event are kept; a line that lies whole in the bytes is not copied.
 *
 * <p>Beyond the specification, a field {@code error:} makes the event one of type {@code error} with that data, as
 * llama.cpp's server sends its failures. Holds one stream's state; not thread-safe.
 */
public final class SseDecoder implements Framing {

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private static final byte[] ERROR = {'e', 'r', 'r', 'o', 'r'};

    private final int maxBytes;
    private final Supplier<? extends RuntimeException> tooLong;

    // The beginning of a line that was cut.
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);
    private final EventData data = new EventData();
    private int eventBytes;
    private @Nullable String type;
    // Named behind data: of the event that these are, or of one that begins without a blank line before it.
    private @Nullable String nextType;
    private String lastName = "";
    private byte[] lastNameBytes = {};
    private boolean firstLine = true;
    private boolean afterCr;

    /**
     * Creates a decoder for one stream.
     *
     * @param maxBytes maximum size of a line, and of the data of an event
     * @param tooLong creates the exception for a larger one
     */
    public SseDecoder(int maxBytes, Supplier<? extends RuntimeException> tooLong) {
        this.maxBytes = maxBytes;
        this.tooLong = tooLong;
    }

    @Override
    public void read(byte[] bytes, int from, int to, Consumer<WireEvent> events) {
        int start = from;
        for (int end = LineEnds.next(bytes, from, to); end < to; end = LineEnds.next(bytes, start, to)) {
            boolean secondHalf = bytes[end] == '\n' && afterCr && end == start;
            afterCr = bytes[end] == '\r';
            if (!secondHalf) {
                lineEnded(bytes, start, end, events);
            }
            start = end + 1;
        }
        if (start < to) {
            afterCr = false;
            keep(bytes, start, to);
        }
        data.keep(bytes);
    }

    private void keep(byte[] bytes, int from, int to) {
        if (to - from > maxBytes - line.size()) {
            throw tooLong.get();
        }
        line.write(bytes, from, to - from);
    }

    private void lineEnded(byte[] bytes, int from, int to, Consumer<WireEvent> events) {
        if (line.size() == 0 && to - from <= maxBytes) {
            line(bytes, from, to, events);
            return;
        }
        keep(bytes, from, to);
        byte[] whole = line.toByteArray();
        line.reset();
        line(whole, 0, whole.length, events);
    }

    private void line(byte[] bytes, int from, int to, Consumer<WireEvent> events) {
        int start = firstLine && isAt(BOM, bytes, from, to) ? from + BOM.length : from;
        firstLine = false;
        if (start == to) {
            dispatch(events);
        } else if (bytes[start] != ':') {
            field(bytes, start, to, events);
        }
    }

    private void field(byte[] bytes, int from, int to, Consumer<WireEvent> events) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(to, colon + 1);
        value += value < to && bytes[value] == ' ' ? 1 : 0;
        if (is(DATA, bytes, from, colon)) {
            if (nextType != null) {
                begin(nextType, events);
            }
            append(bytes, value, to, to - from);
        } else if (is(EVENT, bytes, from, colon)) {
            name(value == to ? null : name(bytes, value, to));
        } else if (is(ERROR, bytes, from, colon)) {
            begin("error", events);
            append(bytes, value, to, to - from);
        }
        // id, retry and whatever is unknown: nothing here resumes a stream.
    }

    /** The events of a stream have few types: the last one is mostly the next one. */
    private String name(byte[] bytes, int from, int to) {
        if (!Arrays.equals(lastNameBytes, 0, lastNameBytes.length, bytes, from, to)) {
            lastNameBytes = Arrays.copyOfRange(bytes, from, to);
            lastName = new String(lastNameBytes, StandardCharsets.UTF_8);
        }
        return lastName;
    }

    private void name(@Nullable String value) {
        if (data.isEmpty()) {
            type = value;
        } else {
            nextType = value;
        }
    }

    /** Begins another event, although no blank line ended the previous one. */
    private void begin(String name, Consumer<WireEvent> events) {
        nextType = null;
        dispatch(events);
        type = name;
    }

    private void append(byte[] bytes, int from, int to, int lineBytes) {
        if (lineBytes > maxBytes - eventBytes) {
            throw tooLong.get();
        }
        eventBytes += lineBytes;
        data.add(bytes, from, to);
    }

    private void dispatch(Consumer<WireEvent> events) {
        WireEvent pending = data.isEmpty() ? null : data.event(nextType == null ? type : nextType);
        data.clear();
        eventBytes = 0;
        type = null;
        nextType = null;
        if (pending != null) {
            events.accept(pending);
        }
    }

    /**
     * The event without its blank line, as far as it is complete: its documents and {@code [DONE]}; or its text, if it
     * describes an error.
     */
    @Override
    public List<WireEvent> finish() {
        List<WireEvent> events = new ArrayList<>(1);
        lineEnded(new byte[0], 0, 0, events::add);
        dispatch(events::add);
        List<WireEvent> whole = new ArrayList<>(1);
        for (WireEvent event : events) {
            if (event.tellsError()) {
                whole.add(event);
            } else {
                JsonDocuments.in(event.data()).stream()
                        .filter(JsonDocuments::whole)
                        .forEach(document -> whole.add(new WireEvent(event.type(), document)));
            }
        }
        return whole;
    }

    private static boolean is(byte[] name, byte[] bytes, int from, int to) {
        return to - from == name.length && isAt(name, bytes, from, to);
    }

    private static boolean isAt(byte[] expected, byte[] bytes, int from, int to) {
        return to - from >= expected.length
                && Arrays.equals(expected, 0, expected.length, bytes, from, from + expected.length);
    }
}
