package io.aicore.llm.codec.failure;

import io.aicore.llm.codec.wire.SafeText;
import java.util.regex.Pattern;

/**
 * A code, type or reason sent by a server.
 *
 * @param word by letters and digits only, see {@link ErrorBody#word}; used by the rules
 * @param field the name of its field
 * @param value as it was sent
 */
record ErrorCode(String word, String field, String value) {

    private static final Pattern PLAIN = Pattern.compile("[\\w.:/ -]{1,80}");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z_.-]{1,80}");

    static ErrorCode of(String field, String value) {
        return new ErrorCode(ErrorBody.word(value), field, value);
    }

    /** The code as evidence; its letters and digits are those of a known word, so it contains nothing else. */
    Evidence evidence() {
        return Evidence.of(field + ' ' + (PLAIN.matcher(value).matches() ? value : word));
    }

    /** The code as evidence if only a part of it is known: shown completely if it is a name, such as a quota's id. */
    Evidence evidence(String part) {
        String shown = LETTERS.matcher(value).matches() ? SafeText.code(value) : null;
        return Evidence.of(field + ' ' + (shown == null ? "…" + part + "…" : shown));
    }
}
