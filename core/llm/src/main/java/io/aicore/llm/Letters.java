package io.aicore.llm;

import java.util.function.IntConsumer;

/**
 * Normalizes a text for the search of quotes: letters and digits in lower case, as UTF-8. White space, punctuation and
 * JSON escapes are ignored, because quoting changes them.
 */
final class Letters {

    private static final String BLANK_ESCAPES = "nrtbf";

    private final String text;
    private int at;
    private int from;

    Letters(String text) {
        this.text = text;
    }

    /** Start of the current letter in the text. */
    int from() {
        return from;
    }

    /** End of the current letter in the text. */
    int to() {
        return at;
    }

    /** Emits the bytes of the next letter or digit; false at the end of the text. */
    boolean next(IntConsumer bytes) {
        while (at < text.length()) {
            from = at;
            int letter = read();
            if (Character.isLetterOrDigit(letter)) {
                utf8(Character.toLowerCase(letter), bytes);
                return true;
            }
        }
        return false;
    }

    private int read() {
        char first = text.charAt(at);
        if (first != '\\' || at + 1 == text.length()) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            return point;
        }
        char kind = text.charAt(at + 1);
        if (kind == 'u' && at + 6 <= text.length()) {
            int unit = hex(at + 2);
            if (unit >= 0) {
                at += 6;
                return unit;
            }
        }
        at += BLANK_ESCAPES.indexOf(kind) >= 0 ? 2 : 1;
        return ' ';
    }

    private int hex(int start) {
        int value = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    private static void utf8(int point, IntConsumer bytes) {
        if (point < 0x80) {
            bytes.accept(point);
        } else if (point < 0x800) {
            bytes.accept(0xc0 | (point >> 6));
            bytes.accept(0x80 | (point & 0x3f));
        } else {
            if (point >= 0x10000) {
                bytes.accept(0xf0 | (point >> 18));
                bytes.accept(0x80 | ((point >> 12) & 0x3f));
            } else {
                bytes.accept(0xe0 | (point >> 12));
            }
            bytes.accept(0x80 | ((point >> 6) & 0x3f));
            bytes.accept(0x80 | (point & 0x3f));
        }
    }
}
