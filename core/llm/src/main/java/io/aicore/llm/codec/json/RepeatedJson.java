package io.aicore.llm.codec.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last object that was parsed, with holes for its strings and counts. The events of a stream repeat it byte for byte
 * but for the words: what differs only inside the holes is the same object with other values, and needs no parser. Reused
 * for the events of one stream; not thread-safe.
 */
final class RepeatedJson {

    /** A value that means nothing: any string may stand there. */
    static final int IGNORED = -1;
    /** A value that must stay as it is. */
    static final int FIXED = -2;

    private static final int LONGEST = 4096;
    private static final int MOST_VALUES = 32;

    // A hole reaches from the first byte of a value to behind its last one, without quotes.
    private final short[] starts = new short[MOST_VALUES];
    private final short[] ends = new short[MOST_VALUES];
    private final byte[] slots = new byte[MOST_VALUES];
    // Null for a count.
    private final @Nullable String[] texts = new String[MOST_VALUES];
    private byte[] object = {};
    private int length;
    private int values;

    /** Forgets the object; the values of the next one are told in their order. */
    void begin() {
        length = 0;
        values = 0;
    }

    /**
     * The parser has come to a string or a number.
     *
     * @param text of a string that is kept; null for a count, and for what is not kept
     */
    void value(int slot, @Nullable String text) {
        if (values < MOST_VALUES) {
            slots[values] = (byte) slot;
            texts[values] = text;
        }
        values++;
    }

    /** Keeps the object whose values have been told. */
    void keep(byte[] bytes, int from, int to) {
        if (to - from > LONGEST || values > MOST_VALUES) {
            return;
        }
        if (object.length < to - from) {
            object = new byte[to - from];
        }
        System.arraycopy(bytes, from, object, 0, to - from);
        length = found(to - from) == values ? to - from : 0;
    }

    /** Finds the values again that were told; gives their number. */
    private int found(int size) {
        int found = 0;
        int at = 0;
        while (at < size) {
            int start = at;
            boolean string = object[at] == '"';
            if (string) {
                start++;
                at = JsonDocuments.endOfString(object, start, size);
            } else if (object[at] == '-' || isDigit(object[at])) {
                at = endOfNumber(object, at, size);
            } else {
                at++;
                continue;
            }
            int end = at;
            at += string ? 1 : 0;
            if (!string || !isName(at, size)) {
                if (found == values || (object[start] == '-' && !string && slots[found] >= 0)) {
                    return -1;
                }
                starts[found] = (short) start;
                ends[found++] = (short) end;
            }
        }
        return found;
    }

    private boolean isName(int behind, int size) {
        int next = behind;
        while (next < size && TextForm.isSpace(object[next])) {
            next++;
        }
        return next < size && object[next] == ':';
    }

    private static int endOfNumber(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && (isDigit(bytes[end]) || "+-.eE".indexOf(bytes[end]) >= 0)) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** Whether these bytes are the object with other values; puts all into their slots then, or some of them if they are not. */
    boolean isIn(byte[] bytes, int from, int to, @Nullable String[] strings, long[] numbers) {
        if (length == 0) {
            return false;
        }
        int old = 0;
        int at = from;
        int hole = 0;
        while (true) {
            int same = Arrays.mismatch(object, old, length, bytes, at, to);
            int differs = same < 0 ? length : old + same;
            while (hole < values && ends[hole] < differs) {
                tell(hole++, strings, numbers);
            }
            if (same < 0) {
                return true;
            }
            if (hole == values || starts[hole] > differs) {
                return false;
            }
            int start = at + starts[hole] - old;
            int end = read(hole, bytes, start, to, strings, numbers);
            if (end < 0) {
                return false;
            }
            old = ends[hole++];
            at = end;
        }
    }

    private void tell(int hole, @Nullable String[] strings, long[] numbers) {
        String text = texts[hole];
        if (slots[hole] < 0) {
            return;
        }
        if (text == null) {
            readCount(slots[hole], object, starts[hole], length, numbers);
        } else {
            strings[slots[hole]] = text;
        }
    }

    /** Reads another value for the hole; gives its end, or -1 if it may be another kind of value. */
    private int read(int hole, byte[] bytes, int start, int to, @Nullable String[] strings, long[] numbers) {
        if (slots[hole] == FIXED) {
            return -1;
        }
        return slots[hole] == IGNORED || texts[hole] != null
                ? readString(slots[hole], bytes, start, to, strings)
                : readCount(slots[hole], bytes, start, to, numbers);
    }

    private static int readString(int slot, byte[] bytes, int start, int to, @Nullable String[] strings) {
        boolean ascii = true;
        boolean escaped = false;
        int end = start;
        while (end < to && bytes[end] != '"') {
            byte character = bytes[end];
            if (character >= 0 && character < ' ') {
                return -1;
            }
            ascii &= character >= 0;
            escaped |= character == '\\';
            end += character == '\\' ? 2 : 1;
        }
        if (end >= to || !(ascii || Utf8.isValid(bytes, start, end))) {
            return -1;
        }
        if (slot == IGNORED && !escaped) {
            return end;
        }
        String text = escaped ? Escapes.undone(bytes, start, end) : Utf8.text(bytes, start, end);
        if (text == null) {
            return -1;
        }
        if (slot >= 0) {
            strings[slot] = text;
        }
        return end;
    }

    private static int readCount(int slot, byte[] bytes, int start, int to, long[] numbers) {
        int end = endOfNumber(bytes, start, to);
        int digits = end - start;
        if (digits == 0 || digits > ShapedJson.MOST_DIGITS || (bytes[start] == '0' && digits > 1)) {
            return -1;
        }
        long count = 0;
        for (int i = start; i < end; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            count = count * 10 + bytes[i] - '0';
        }
        numbers[slot] = count;
        return end;
    }
}
