package io.aicore.llm.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events by the WHATWG's rules, from bytes that may be cut anywhere: within a character, within CRLF. Only a
 * complete line is decoded, and only the line and the event being assembled are kept.
 *
 * <p>Beyond the rules, a field {@code error:} makes the event one of type {@code error} with that data: llama.cpp's
 * server writes its failures so. Holds one stream's state; not for several threads at once.
 */
public final class SseDecoder implements Framing {

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int maxBytes;
    private final Supplier<? extends RuntimeException> tooLong;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final List<String> data = new ArrayList<>(1);
    private int eventBytes;
    private @Nullable String type;
    private boolean firstLine = true;
    private boolean afterCr;

    /**
     * For one stream.
     *
     * @param maxBytes the most that one line, or the data of one event, may have
     * @param tooLong what is thrown when there is more
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
            field(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8), bytes.length - from);
        }
    }

    private void field(String text, int bytes) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(" ", colon + 1) ? 2 : 1));
        switch (name) {
            case "data" -> append(value, bytes);
            case "event" -> type = value.isEmpty() ? null : value;
            case "error" -> {
                type = "error";
                append(value, bytes);
            }
            default -> {
                // id, retry and whatever is unknown: nothing here resumes a stream.
            }
        }
    }

    private void append(String value, int bytes) {
        if (bytes > maxBytes - eventBytes) {
            throw tooLong.get();
        }
        eventBytes += bytes;
        data.add(value);
    }

    private void dispatch(List<WireEvent> events) {
        if (!data.isEmpty()) {
            events.add(new WireEvent(type, String.join("\n", data)));
            data.clear();
            eventBytes = 0;
        }
        type = null;
    }

    private static boolean startsWithBom(byte[] bytes) {
        return bytes.length >= BOM.length && bytes[0] == BOM[0] && bytes[1] == BOM[1] && bytes[2] == BOM[2];
    }
}
