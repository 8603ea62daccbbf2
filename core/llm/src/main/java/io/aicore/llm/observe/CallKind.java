package io.aicore.llm.observe;

import java.util.Locale;

/** What a call asks for. */
public enum CallKind {
    /** An answer as a whole. */
    COMPLETE,
    /** An answer piece by piece. */
    STREAM,
    /** Vectors of texts; many texts are several calls. */
    EMBED,
    /** The number of a request's tokens. */
    COUNT_TOKENS;

    /** The name in lower case, as in {@code count_tokens}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
