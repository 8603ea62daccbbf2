package io.aicore.llm.codec;

import org.jspecify.annotations.Nullable;

/**
 * What one delta of a choice says of one tool call.
 *
 * @param delta the number of the delta
 * @param said the index that the host gives it; null if none
 * @param id empty if it is not said
 * @param name empty if it is not said
 */
record ToolCallFragment(int delta, @Nullable Integer said, String id, String name, String arguments) {

    boolean isEmpty() {
        return id.isEmpty() && name.isEmpty() && arguments.isEmpty();
    }

    /** Whether nothing but arguments are said: it begins no call. */
    boolean goesOn() {
        return id.isEmpty() && name.isEmpty();
    }
}
