package io.aicore.llm.codec;

import org.jspecify.annotations.Nullable;

/**
 * The part of one delta that concerns one tool call.
 *
 * @param delta the number of the delta
 * @param said the index sent by the host; null if missing
 * @param id empty if missing
 * @param name empty if missing
 */
record ToolCallFragment(int delta, @Nullable Integer said, String id, String name, String arguments) {

    boolean isEmpty() {
        return id.isEmpty() && name.isEmpty() && arguments.isEmpty();
    }

    /** Whether it has arguments only and so begins no call. */
    boolean goesOn() {
        return id.isEmpty() && name.isEmpty();
    }
}
