package io.aicore.llm.codec.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of data of the current event: one line stays where it is, several are joined by line breaks. */
final class EventData {

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int from;
    private int to;
    private boolean empty = true;
    private @Nullable ByteArrayOutputStream joined;

    /** Whether there is no line; a line without characters is one. */
    boolean isEmpty() {
        return empty;
    }

    void add(byte[] line, int first, int end) {
        if (empty) {
            empty = false;
            bytes = line;
            from = first;
            to = end;
            return;
        }
        if (joined == null) {
            joined = new ByteArrayOutputStream(2 * (to - from + end - first));
            joined.write(bytes, from, to - from);
        }
        joined.write('\n');
        joined.write(line, first, end - first);
    }

    /** Copies the line if it lies in these bytes, which may change after this. */
    void keep(byte[] changing) {
        if (!empty && joined == null && bytes == changing) {
            bytes = Arrays.copyOfRange(bytes, from, to);
            to -= from;
            from = 0;
        }
    }

    WireEvent event(@Nullable String type) {
        if (joined == null) {
            return WireEvent.of(type, bytes, from, to);
        }
        byte[] all = joined.toByteArray();
        return WireEvent.of(type, all, 0, all.length);
    }

    void clear() {
        bytes = NONE;
        empty = true;
        joined = null;
    }
}
