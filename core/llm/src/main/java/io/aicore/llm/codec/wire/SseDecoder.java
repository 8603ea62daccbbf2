package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.JsonDocuments;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes server-sent events by the WHATWG specification from bytes that may be cut anywhere: within a character,
 * within CRLF. Only a complete line is decoded, and only the current line and event are kept.
 *
 * <p>Beyond the specification, a field {@code error:} makes the event one of type {@code error} with that data, as
 * llama.cpp's server sends its failures. Holds one stream's state; not thread-safe.
 */
public final class SseDecoder implements Framing {

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int maxBytes;
    private final Supplier<? extends RuntimeException> tooLong;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final List<String> data = new ArrayList<>(1);
    private int eventBytes;
    private @Nullable String type;
    // Named behind data: of the event that these are, or of one that begins without a blank line before it.
    private @Nullable String nextType;
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
    public List<WireEvent> feed(byte[] bytes) {
        List<WireEvent> events = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterCr) {
                start = i + 1;
            } else if (b == '\n' || b == '\r') {
                keep(bytes, start, i);
                lineEnded(events);
                start = i + 1;
            }
            afterCr = b == '\r';
        }
        keep(bytes, start, bytes.length);
        return events;
    }

    private void keep(byte[] bytes, int from, int to) {
        if (to - from > maxBytes - line.size()) {
            throw tooLong.get();
        }
        line.write(bytes, from, to - from);
    }

    private void lineEnded(List<WireEvent> events) {
        byte[] bytes = line.toByteArray();
        line.reset();
        int from = firstLine && startsWithBom(bytes) ? BOM.length : 0;
        firstLine = false;
        if (from == bytes.length) {
            dispatch(events);
        } else if (bytes[from] != ':') {
            String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
            field(text, bytes.length - from, events);
        }
    }

    private void field(String text, int bytes, List<WireEvent> events) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(" ", colon + 1) ? 2 : 1));
        switch (name) {
            case "data" -> {
                if (nextType != null) {
                    begin(nextType, events);
                }
                append(value, bytes);
            }
            case "event" -> name(value.isEmpty() ? null : value);
            case "error" -> {
                begin("error", events);
                append(value, bytes);
            }
            default -> {
                // id, retry and whatever is unknown: nothing here resumes a stream.
            }
        }
    }

    private void name(@Nullable String value) {
        if (data.isEmpty()) {
            type = value;
        } else {
            nextType = value;
        }
    }

    /** Begins another event, although no blank line ended the previous one. */
    private void begin(String name, List<WireEvent> events) {
        nextType = null;
        dispatch(events);
        type = name;
    }

    private void append(String value, int bytes) {
        if (bytes > maxBytes - eventBytes) {
            throw tooLong.get();
        }
        eventBytes += bytes;
        data.add(value);
    }

    private void dispatch(List<WireEvent> events) {
        WireEvent pending = pending();
        if (pending != null) {
            events.add(pending);
        }
        data.clear();
        eventBytes = 0;
        type = null;
        nextType = null;
    }

    private @Nullable WireEvent pending() {
        return data.isEmpty() ? null : new WireEvent(nextType == null ? type : nextType, String.join("\n", data));
    }

    /**
     * The event without its blank line, as far as it is complete: its documents and {@code [DONE]}; or its text, if it
     * describes an error.
     */
    @Override
    public List<WireEvent> finish() {
        List<WireEvent> events = new ArrayList<>(1);
        lineEnded(events);
        dispatch(events);
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

    private static boolean startsWithBom(byte[] bytes) {
        return bytes.length >= BOM.length && bytes[0] == BOM[0] && bytes[1] == BOM[1] && bytes[2] == BOM[2];
    }
}
