package io.aicore.llm.codec.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Replaces unpaired surrogates by U+FFFD, because UTF-8 cannot encode them. */
public final class Surrogates {

    private static final char REPLACEMENT = '\uFFFD';
    private static final byte[] REPLACEMENT_BYTES = String.valueOf(REPLACEMENT).getBytes(StandardCharsets.UTF_8);
    // Backslash, u and four digits.
    private static final int ESCAPE = 6;

    private Surrogates() {}

    /** Whether the text, if there is one, has no unpaired surrogate. */
    public static boolean areWhole(@Nullable String text) {
        return text == null || lone(text, 0) < 0;
    }

    /** The text with a replacement for each unpaired surrogate. */
    public static String whole(String text) {
        int lone = lone(text, 0);
        if (lone < 0) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text);
        for (; lone >= 0; lone = lone(text, lone + 1)) {
            whole.setCharAt(lone, REPLACEMENT);
        }
        return whole.toString();
    }

    /**
     * JSON written by the library, with a replacement for each unpaired surrogate: it writes those as escapes, which
     * many servers reject.
     */
    static byte[] whole(byte[] json) {
        ByteArrayOutputStream whole = null;
        int written = 0;
        for (int i = 0; i < json.length; i++) {
            if (json[i] != '\\') {
                continue;
            }
            if (isEscapedHalf(json, i)) {
                whole = whole == null ? new ByteArrayOutputStream(json.length) : whole;
                whole.write(json, written, i - written);
                whole.writeBytes(REPLACEMENT_BYTES);
                written = i + ESCAPE;
                i += ESCAPE - 1;
            } else {
                // What is escaped may be a backslash.
                i++;
            }
        }
        if (whole == null) {
            return json;
        }
        whole.write(json, written, json.length - written);
        return whole.toByteArray();
    }

    /** A backslash, u, and D800 to DFFF. */
    private static boolean isEscapedHalf(byte[] json, int at) {
        return at + ESCAPE <= json.length
                && json[at + 1] == 'u'
                && Character.toUpperCase(json[at + 2]) == 'D'
                && Character.digit(json[at + 3], 16) >= 8;
    }

    /** Position of the next unpaired surrogate; -1 if there is none. */
    private static int lone(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
