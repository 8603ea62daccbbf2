package io.aicore.llm.codec.json;

import org.jspecify.annotations.Nullable;

/** The escapes of one character in a JSON string. */
final class Escapes {

    private static final String LETTERS = "nt\"\\/rbf";
    private static final String MEANINGS = "\n\t\"\\/\r\b\f";

    private Escapes() {}

    /** The string that these bytes of valid UTF-8 stand for; null if it has other escapes, which a parser knows. */
    static @Nullable String undone(byte[] bytes, int from, int to) {
        String written = Utf8.text(bytes, from, to);
        StringBuilder text = new StringBuilder(written.length());
        int done = 0;
        for (int escape = written.indexOf('\\'); escape >= 0; escape = written.indexOf('\\', done)) {
            int meaning = escape + 1 == written.length() ? -1 : LETTERS.indexOf(written.charAt(escape + 1));
            if (meaning < 0) {
                return null;
            }
            text.append(written, done, escape).append(MEANINGS.charAt(meaning));
            done = escape + 2;
        }
        return text.append(written, done, written.length()).toString();
    }
}
