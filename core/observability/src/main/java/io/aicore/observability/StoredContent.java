package io.aicore.observability;

import org.jspecify.annotations.Nullable;

/** Prompt and answer of a call, stored only if enabled. */
public record StoredContent(
        @Nullable String prompt, @Nullable String answer) {

    /** No content, the default. */
    public static final StoredContent NONE = new StoredContent(null, null);

    /** Omits the content. */
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
