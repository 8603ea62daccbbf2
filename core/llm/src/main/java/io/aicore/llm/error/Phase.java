package io.aicore.llm.error;

import java.util.Locale;

/** How far an attempt had come when it failed. */
public enum Phase {
    /** Nothing was sent: refused by circuit, latch or limits, or not encodable. */
    ADMISSION,
    /** The connection was being made. */
    CONNECT,
    /** The request was sent, no answer had begun. */
    FIRST_BYTE,
    /** The answer had begun; of a stream: no token yet. */
    BODY,
    /** Tokens of a stream had been delivered. */
    STREAM;

    /** The name in lower case, as in {@code first_byte}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
