package io.aicore.llm.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format of a body, detected from its first bytes, because content types are often wrong. */
public enum TextForm {
    /** Begins with a field of server-sent events, or a comment. */
    SERVER_SENT_EVENTS,
    /** Begins with an object or an array. */
    JSON,
    /** Anything else. */
    OTHER;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    // "error" is llama.cpp's own.
    private static final List<byte[]> FIELDS =
            List.of(bytes(":"), bytes("data:"), bytes("event:"), bytes("id:"), bytes("retry:"), bytes("error:"));

    /**
     * Detects the format. Leading white space and a byte order mark are ignored.
     *
     * @return null if more bytes are needed: never more than seven after the white space
     */
    public static @Nullable TextForm of(byte[] beginning) {
        int start = start(beginning);
        int length = beginning.length - start;
        if (length == 0 || isPart(BOM, beginning, start)) {
            return null;
        }
        if (beginning[start] == '{' || beginning[start] == '[') {
            return JSON;
        }
        boolean more = false;
        for (byte[] field : FIELDS) {
            boolean same = isPart(field, beginning, start);
            if (same && length >= field.length) {
                return SERVER_SENT_EVENTS;
            }
            more |= same;
        }
        return more ? null : OTHER;
    }

    /** Position of the first byte that is neither white space nor part of a byte order mark. */
    public static int start(byte[] beginning) {
        int start = skipped(beginning, 0);
        boolean marked = beginning.length - start >= BOM.length && isPart(BOM, beginning, start);
        return marked ? skipped(beginning, start + BOM.length) : start;
    }

    private static int skipped(byte[] bytes, int from) {
        int start = from;
        while (start < bytes.length && isSpace(bytes[start])) {
            start++;
        }
        return start;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** Whether what stands here agrees with these bytes, as far as it goes. */
    private static boolean isPart(byte[] expected, byte[] bytes, int from) {
        int length = Math.min(expected.length, bytes.length - from);
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
