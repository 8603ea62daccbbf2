package io.aicore.llm.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * NDJSON: each line is an event, blank ones are none. Bytes may be cut anywhere; only complete lines are decoded. A last
 * line without its line break is an event as well: whether it is whole is for the protocol to say, which parses it.
 */
final class JsonLines implements Framing {

    private final int maxBytes;
    private final Supplier<? extends RuntimeException> tooLong;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

    JsonLines(int maxBytes, Supplier<? extends RuntimeException> tooLong) {
        this.maxBytes = maxBytes;
        this.tooLong = tooLong;
    }

    @Override
    public List<WireEvent> feed(byte[] bytes) {
        List<WireEvent> events = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i);
                lineEnded(events);
                start = i + 1;
            }
        }
        keep(bytes, start, bytes.length);
        return events;
    }

    @Override
    public List<WireEvent> finish() {
        List<WireEvent> events = new ArrayList<>(1);
        lineEnded(events);
        return events;
    }

    private void keep(byte[] bytes, int from, int to) {
        if (to - from > maxBytes - line.size()) {
            throw tooLong.get();
        }
        line.write(bytes, from, to - from);
    }

    private void lineEnded(List<WireEvent> events) {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (!text.isEmpty()) {
            events.add(new WireEvent(null, text));
        }
    }
}
