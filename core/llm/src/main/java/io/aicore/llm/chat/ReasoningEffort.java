package io.aicore.llm.chat;

import java.util.Locale;

/** How long a reasoning model may think. Each model knows a part of these; an unknown one is the provider's 400. */
public enum ReasoningEffort {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX;

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
