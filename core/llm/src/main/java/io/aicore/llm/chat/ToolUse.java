package io.aicore.llm.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request.
 *
 * @param choice null leaves it to the provider (auto)
 * @param parallel whether several calls may come in one answer; null leaves it to the provider
 */
public record ToolUse(
        List<Tool> tools,
        @Nullable ToolChoice choice,
        @Nullable Boolean parallel) {

    /** No tools. */
    public static final ToolUse NONE = new ToolUse(List.of(), null, null);

    public ToolUse {
        tools = List.copyOf(tools);
    }
}
