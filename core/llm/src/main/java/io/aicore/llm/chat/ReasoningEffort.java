package io.aicore.llm.chat;

import java.util.Locale;

/** How much a reasoning model thinks. Each model supports a subset; the provider rejects others with a 400. */
public enum ReasoningEffort {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The value on the wire. */
    public String word() {
        return word;
    }
}
