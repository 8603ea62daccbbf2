package io.aicore.observability;

import org.jspecify.annotations.Nullable;

/**
 * What was asked and answered, stored only when switched on.
 */
public record Words(@Nullable String prompt, @Nullable String answer) {

    /** Nothing, the default. */
    public static final Words NONE = new Words(null, null);

    /** Without the words. */
    @Override
    public String toString() {
        return "Words[" + length(prompt) + " and " + length(answer) + " chars]";
    }

    int length() {
        return length(prompt) + length(answer);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
