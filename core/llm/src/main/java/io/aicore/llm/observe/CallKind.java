package io.aicore.llm.observe;

import java.util.Locale;

/** The operation of a call. */
public enum CallKind {
    /** A whole answer. */
    COMPLETE,
    /** A streamed answer. */
    STREAM,
    /** Embeddings; many texts are several calls. */
    EMBED,
    /** A token count. */
    COUNT_TOKENS;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as in {@code count_tokens}. */
    public String word() {
        return word;
    }
}
