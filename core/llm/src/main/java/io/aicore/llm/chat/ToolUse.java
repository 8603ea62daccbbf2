package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request.
 *
 * @param tools tools that the caller runs
 * @param hosted tools that the provider runs itself (web search, code execution), as elements of its protocol's own
 *     list; sent as they are, after the others
 * @param choice null for the provider's default (auto)
 * @param parallel whether one answer may contain several calls; null for the provider's default
 */
public record ToolUse(
        List<Tool> tools,
        List<Map<String, Object>> hosted,
        @Nullable ToolChoice choice,
        @Nullable Boolean parallel) {

    /** No tools. */
    public static final ToolUse NONE = new ToolUse(List.of(), null, null);

    public ToolUse {
        tools = List.copyOf(tools);
        hosted = hosted.stream().map(Json::copy).toList();
    }

    /** Only tools that the caller runs. */
    public ToolUse(List<Tool> tools, @Nullable ToolChoice choice, @Nullable Boolean parallel) {
        this(tools, List.of(), choice, parallel);
    }

    /** Whether it has no tools. */
    public boolean isEmpty() {
        return tools.isEmpty() && hosted.isEmpty();
    }
}
