package io.aicore.llm.codec.failure;

import io.aicore.llm.codec.wire.SafeText;
import java.util.regex.Pattern;

/**
 * A code, type or reason, as a server sent it.
 *
 * @param word in letters and digits only, see {@link ErrorBody#word}: what rules look at
 * @param field the name it stood under
 * @param value as it was written
 */
record MachineWord(String word, String field, String value) {

    private static final Pattern PLAIN = Pattern.compile("[\\w.:/ -]{1,80}");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z_.-]{1,80}");

    static MachineWord of(String field, String value) {
        return new MachineWord(ErrorBody.word(value), field, value);
    }

    /** It, where its letters and digits are those of a word we know: nothing else can be in it. */
    Evidence evidence() {
        return Evidence.of(field + ' ' + (PLAIN.matcher(value).matches() ? value : word));
    }

    /** It, where only a part of it is known: the whole is shown if it is a name, such as a quota's id. */
    Evidence evidence(String part) {
        String shown = LETTERS.matcher(value).matches() ? SafeText.code(value) : null;
        return Evidence.of(field + ' ' + (shown == null ? "…" + part + "…" : shown));
    }
}
