package io.aicore.llm.error;

import java.util.Locale;

/** How far an attempt had progressed when it failed. */
public enum Phase {
    /** Nothing was sent: refused by circuit breaker, credential latch or limits, or not encodable. */
    ADMISSION,
    /** The connection was being established. */
    CONNECT,
    /** The request was sent; no response yet. */
    FIRST_BYTE,
    /** The response had begun; for a stream: no token yet. */
    BODY,
    /** A stream had delivered tokens. */
    STREAM;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as in {@code first_byte}. */
    public String word() {
        return word;
    }
}
