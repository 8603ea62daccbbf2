package io.aicore.llm.http;

import io.aicore.llm.codec.json.TextForm;
import io.aicore.llm.codec.wire.Framing;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a 2xx response to a streaming request, in whichever format; its first bytes decide. Server-sent events
 * are a stream, as are JSON lines with a matching content type; otherwise a single JSON document is a whole answer, and
 * several are a stream, also in an array. Anything else is treated according to its content type.
 */
final class Incoming {

    private final StreamFormat format;
    private final boolean declared;
    private final HttpSettings settings;
    private final TransportErrors faults;

    private byte[] beginning = new byte[0];
    private List<WireEvent> held = List.of();
    private @Nullable Framing stream;
    private @Nullable Framing documents;
    private @Nullable BodyBuffer whole;

    /**
     * @param declared whether the content type is that of the format, or there is none
     */
    Incoming(StreamFormat format, boolean declared, HttpSettings settings, TransportErrors faults) {
        this.format = format;
        this.declared = declared;
        this.settings = settings;
        this.faults = faults;
        if (!format.isText()) {
            stream = format.framing(settings.maxLineBytes(), faults::lineTooLong);
        }
    }

    /** Whether it is a stream, as far as is known yet. */
    boolean isStream() {
        return stream != null || (declared && documents == null && whole == null);
    }

    /**
     * Reads the next bytes of the body, which may change afterwards.
     *
     * @param events is called for each event of a stream
     */
    void read(byte[] bytes, int length, Consumer<WireEvent> events) {
        if (stream != null) {
            stream.read(bytes, 0, length, events);
        } else if (documents != null || whole != null) {
            more(bytes, length, events);
        } else {
            byte[] joined = Arrays.copyOf(beginning, beginning.length + length);
            System.arraycopy(bytes, 0, joined, beginning.length, length);
            TextForm form = TextForm.of(joined);
            beginning = Arrays.copyOfRange(joined, TextForm.start(joined), joined.length);
            if (form != null) {
                decided(form, events);
            }
        }
    }

    /** The body has ended. Returns the whole body if it was no stream. */
    byte @Nullable [] finish(Consumer<WireEvent> events) {
        if (stream == null && documents == null && whole == null) {
            decided(TextForm.OTHER, events);
        }
        if (stream != null) {
            stream.finish().forEach(events);
        } else if (documents != null) {
            held.addAll(documents.finish());
            if (held.size() == 1 && !held.get(0).isCut()) {
                return held.get(0).data().getBytes(StandardCharsets.UTF_8);
            }
            stream = documents;
            held.forEach(events);
        }
        return whole == null ? null : whole.whole();
    }

    private void decided(TextForm form, Consumer<WireEvent> events) {
        byte[] bytes = beginning;
        beginning = new byte[0];
        if (form == TextForm.SERVER_SENT_EVENTS) {
            stream = StreamFormat.serverSentEvents().framing(settings.maxLineBytes(), faults::lineTooLong);
        } else if (form == TextForm.JSON && !(declared && format == StreamFormat.jsonLines())) {
            held = new ArrayList<>();
            documents = StreamFormat.jsonLines().framing(settings.maxResponseBytes(), faults::bodyTooLarge);
        } else if (declared) {
            stream = format.framing(settings.maxLineBytes(), faults::lineTooLong);
        } else {
            whole = new BodyBuffer(settings.maxResponseBytes(), bytes.length, faults);
        }
        read(bytes, bytes.length, events);
    }

    private void more(byte[] bytes, int length, Consumer<WireEvent> events) {
        if (whole != null) {
            whole.add(bytes, 0, length);
        }
        if (documents == null) {
            return;
        }
        documents.read(bytes, 0, length, event -> {
            if (stream != null) {
                events.accept(event);
                return;
            }
            held.add(event.kept());
            if (held.size() > 1) {
                stream = documents;
                held.forEach(events);
                held.clear();
            }
        });
    }
}
