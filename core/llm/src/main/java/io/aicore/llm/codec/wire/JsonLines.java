package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.Nesting;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * NDJSON, and any other sequence of JSON documents: each is an event, whether several are on a line or one spans many
 * lines. A line of anything else is an event as well. Bytes may be cut anywhere. An incomplete document at the end of
 * the connection is an event too: the protocol, which parses it, decides whether it is complete.
 *
 * <p>A body that is one array of objects is a stream as well, and each object an event: Gemini without {@code alt=sse}
 * answers so, and proxies collect lines so. If its end is missing, the last event is {@link WireEvent#cut()} and the
 * incomplete object before it is dropped.
 *
 * <p>A line that begins with a brace begins a document, unless an array is open: the document before it was truncated.
 */
final class JsonLines implements Framing {

    private final int maxBytes;
    private final Supplier<? extends RuntimeException> tooLong;
    private final ByteArrayOutputStream event = new ByteArrayOutputStream(256);
    private @Nullable Nesting nesting;
    private boolean inWords;
    private boolean inArray;
    // The body's first array, until it is known whether its elements are the events.
    private boolean undecided;
    private boolean elements;
    private boolean first = true;
    private boolean lineBegins = true;

    JsonLines(int maxBytes, Supplier<? extends RuntimeException> tooLong) {
        this.maxBytes = maxBytes;
        this.tooLong = tooLong;
    }

    @Override
    public void read(byte[] bytes, int from, int to, Consumer<WireEvent> events) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            boolean cutBefore = b == '{' && lineBegins && nesting != null && !inArray;
            if (cutBefore || (b == '\n' && inWords)) {
                keep(bytes, start, i);
                ended(events);
            }
            if (undecided && !isSpace(b)) {
                undecided = false;
                elements = b == '{';
                nesting = elements ? null : nesting;
            }
            if (nesting == null && !inWords) {
                start = i;
                begin(b);
            }
            lineBegins = b == '\n';
            if (nesting != null && nesting.closes(b)) {
                document(bytes, start, i + 1, events);
            }
        }
        if (nesting != null || inWords) {
            keep(bytes, start, to);
        }
    }

    private void document(byte[] bytes, int from, int to, Consumer<WireEvent> events) {
        if (event.size() > 0 || to - from > maxBytes) {
            keep(bytes, from, to);
            ended(events);
            return;
        }
        nesting = null;
        events.accept(WireEvent.of(null, bytes, from, to));
    }

    @Override
    public List<WireEvent> finish() {
        List<WireEvent> events = new ArrayList<>(1);
        if (elements && !inWords) {
            event.reset();
        }
        ended(events::add);
        if (elements) {
            elements = false;
            events.add(WireEvent.cut());
        }
        return events;
    }

    private void begin(byte b) {
        if (b == '{' || b == '[') {
            // What was held of the array whose elements are the events.
            event.reset();
            nesting = new Nesting();
            undecided = first && b == '[';
            inArray = elements || b == '[';
            first = false;
        } else if (elements && b == ']') {
            elements = false;
        } else {
            inWords = !isSpace(b) && !(elements && b == ',');
            first &= isSpace(b);
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private void keep(byte[] bytes, int from, int to) {
        if (to - from > maxBytes - event.size()) {
            throw tooLong.get();
        }
        event.write(bytes, from, to - from);
    }

    private void ended(Consumer<WireEvent> events) {
        String text = event.toString(StandardCharsets.UTF_8).strip();
        event.reset();
        nesting = null;
        inWords = false;
        if (!text.isEmpty()) {
            events.accept(new WireEvent(null, text));
        }
    }
}
