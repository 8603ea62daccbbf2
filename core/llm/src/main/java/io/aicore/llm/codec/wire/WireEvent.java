package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.JsonDocuments;
import io.aicore.llm.codec.json.Nesting;
import io.aicore.llm.codec.json.ShapedJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream. Its data is a text, or a part of the bytes that it came in: such an event may be read until
 * those bytes change. Two events are equal if their types and their data are.
 */
public final class WireEvent {

    private static final String DONE = "[DONE]";
    private static final String CUT = "[";
    private static final byte[] NONE = {};

    private final @Nullable String type;
    private final byte[] bytes;
    private final int from;
    private final int to;
    // Made when asked for, the same each time.
    private @Nullable String text;

    /**
     * An event with this data.
     *
     * @param type the event's type; null if the protocol or this event has none
     * @param data the event's data, with line breaks between its lines
     */
    public WireEvent(@Nullable String type, String data) {
        this(type, NONE, 0, 0);
        this.text = Objects.requireNonNull(data, "data");
    }

    private WireEvent(@Nullable String type, byte[] bytes, int from, int to) {
        this.type = type;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * An event whose data is this part of these bytes, as UTF-8. They are not copied.
     *
     * @param type the event's type; null if the protocol or this event has none
     * @param from the first byte
     * @param to behind the last byte
     */
    public static WireEvent of(@Nullable String type, byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        return new WireEvent(type, bytes, from, to);
    }

    /** The last event of a stream whose end is known to be missing: the beginning of an array, and so no JSON. */
    public static WireEvent cut() {
        return new WireEvent(null, CUT);
    }

    /** The event's type; null if the protocol or this event has none. */
    public @Nullable String type() {
        return type;
    }

    /** The event's data, with line breaks between its lines. */
    public String data() {
        String data = text;
        if (data == null) {
            data = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            text = data;
        }
        return data;
    }

    /**
     * Whether its data is one object of the shape that is read here, in the bytes that it came in; its values are read
     * then. No, if it came as text.
     */
    public boolean fits(ShapedJson json) {
        return from < to && json.fitsAsText(bytes, from, to);
    }

    /** An event of the same type and data that stays as it is when the bytes change that it came in. */
    public WireEvent kept() {
        return from == to ? this : new WireEvent(type, Arrays.copyOfRange(bytes, from, to), 0, to - from);
    }

    /**
     * Whether its data is at most one JSON document, which begins with a brace; no, if that would take more than a look
     * at its bytes.
     */
    boolean isAlone() {
        return from < to && bytes[from] == '{' && JsonDocuments.isOne(bytes, from, to);
    }

    /** Whether the stream's end is known to be missing. */
    public boolean isCut() {
        return data().equals(CUT);
    }

    /** Whether it is {@code [DONE]}, with which many hosts and gateways end their streams. */
    public boolean isDone() {
        return data().strip().equals(DONE);
    }

    /** Whether it is of type {@code error}, or plain text that describes an error. */
    public boolean tellsError() {
        return "error".equals(type) || data().stripLeading().regionMatches(true, 0, "error", 0, "error".length());
    }

    /** Whether its data is not JSON, and not truncated or invalid JSON either. */
    public boolean isWords() {
        String data = data().stripLeading();
        return !data.isEmpty() && !Nesting.opens(data.charAt(0));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireEvent that && Objects.equals(type, that.type) && data().equals(that.data());
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(type) + data().hashCode();
    }

    @Override
    public String toString() {
        return "WireEvent[" + type + ", " + data().length() + " chars]";
    }
}
