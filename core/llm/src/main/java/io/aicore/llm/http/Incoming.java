package io.aicore.llm.http;

import io.aicore.llm.codec.json.TextForm;
import io.aicore.llm.codec.wire.Framing;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a 2xx response to a streaming request, in whichever format; its first bytes decide. Server-sent events
 * are a stream, as are JSON lines with a matching content type; otherwise a single JSON document is a whole answer, and
 * several are a stream, also in an array. Anything else is treated according to its content type.
 */
final class Incoming {

    /** A part of the body. */
    sealed interface Part permits Begun, Event, Whole {}

    /** The body is a stream; its events follow. */
    record Begun() implements Part {}

    /** The next event of the stream. */
    record Event(WireEvent event) implements Part {}

    /** The body is not a stream and is complete; nothing follows. */
    // Handed on, and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Whole(byte[] body) implements Part {}

    private final StreamFormat format;
    private final boolean declared;
    private final HttpSettings settings;
    private final TransportErrors faults;
    private final Bodies bodies;

    private byte[] beginning = new byte[0];
    private final List<WireEvent> held = new ArrayList<>();
    private @Nullable Framing stream;
    private @Nullable Framing documents;
    private @Nullable ByteArrayOutputStream whole;

    /**
     * @param declared whether the content type is that of the format, or there is none
     */
    Incoming(StreamFormat format, boolean declared, HttpSettings settings, TransportErrors faults) {
        this.format = format;
        this.declared = declared;
        this.settings = settings;
        this.faults = faults;
        this.bodies = new Bodies(settings.maxResponseBytes(), faults);
    }

    /** Whether it is a stream, as far as is known yet. */
    boolean isStream() {
        return stream != null || (declared && documents == null && whole == null);
    }

    List<Part> feed(byte[] bytes) {
        if (stream != null) {
            return events(stream.feed(bytes));
        }
        if (documents != null || whole != null) {
            return more(bytes);
        }
        byte[] joined = Arrays.copyOf(beginning, beginning.length + bytes.length);
        System.arraycopy(bytes, 0, joined, beginning.length, bytes.length);
        TextForm form = TextForm.of(joined);
        beginning = Arrays.copyOfRange(joined, TextForm.start(joined), joined.length);
        return form == null ? List.of() : decided(form);
    }

    List<Part> finish() {
        List<Part> parts = new ArrayList<>();
        if (stream == null && documents == null && whole == null) {
            parts.addAll(decided(TextForm.OTHER));
        }
        if (stream != null) {
            parts.addAll(events(stream.finish()));
        } else if (documents != null) {
            held.addAll(documents.finish());
            if (held.size() > 1 || held.get(0).isCut()) {
                stream = documents;
                parts.addAll(begun(held));
            } else {
                parts.add(new Whole(held.get(0).data().getBytes(StandardCharsets.UTF_8)));
            }
        } else if (whole != null) {
            parts.add(new Whole(whole.toByteArray()));
        }
        return parts;
    }

    private List<Part> decided(TextForm form) {
        byte[] bytes = beginning;
        beginning = new byte[0];
        if (form == TextForm.SERVER_SENT_EVENTS) {
            stream = StreamFormat.serverSentEvents().framing(settings.maxLineBytes(), faults::lineTooLong);
        } else if (form == TextForm.JSON && !(declared && format == StreamFormat.jsonLines())) {
            documents = StreamFormat.jsonLines().framing(settings.maxResponseBytes(), faults::bodyTooLarge);
        } else if (declared) {
            stream = format.framing(settings.maxLineBytes(), faults::lineTooLong);
        } else {
            whole = new ByteArrayOutputStream();
        }
        return stream == null ? more(bytes) : begun(stream.feed(bytes));
    }

    private List<Part> more(byte[] bytes) {
        if (whole != null) {
            bodies.add(whole, bytes);
        }
        if (documents == null) {
            return List.of();
        }
        held.addAll(documents.feed(bytes));
        if (held.size() <= 1) {
            return List.of();
        }
        stream = documents;
        List<Part> parts = begun(held);
        held.clear();
        return parts;
    }

    private static List<Part> begun(List<WireEvent> events) {
        List<Part> parts = new ArrayList<>(events.size() + 1);
        parts.add(new Begun());
        parts.addAll(events(events));
        return parts;
    }

    private static List<Part> events(List<WireEvent> events) {
        return events.stream().<Part>map(Event::new).toList();
    }
}
