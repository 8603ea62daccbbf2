package io.aicore.llm.chat;

import org.jspecify.annotations.Nullable;

/**
 * A fragment of a tool call in a stream. Fragments with the same index belong together; their arguments are
 * concatenated.
 *
 * @param id the call's id; null on continuation fragments
 * @param name the tool's name; null on continuation fragments
 * @param arguments the next part of the arguments' JSON; may be empty
 */
public record ToolCallDelta(
        int index, @Nullable String id, @Nullable String name, String arguments) {
    @Override
    public String toString() {
        return "ToolCallDelta[" + index + ", " + name + ", " + arguments.length() + " chars]";
    }
}
