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
public record ToolOptions(
        List<Tool> tools,
        List<Map<String, Object>> hosted,
        @Nullable ToolChoice choice,
        @Nullable Boolean parallel) {

    /** No tools. */
    public static final ToolOptions NONE = new ToolOptions(List.of(), List.of(), null, null);

    public ToolOptions {
        tools = List.copyOf(tools);
        hosted = hosted.stream().map(Json::copy).toList();
    }

    public ToolOptions tools(List<Tool> tools) {
        return new ToolOptions(tools, hosted, choice, parallel);
    }

    public ToolOptions hosted(List<Map<String, Object>> hosted) {
        return new ToolOptions(tools, hosted, choice, parallel);
    }

    public ToolOptions choice(@Nullable ToolChoice choice) {
        return new ToolOptions(tools, hosted, choice, parallel);
    }

    public ToolOptions parallel(@Nullable Boolean parallel) {
        return new ToolOptions(tools, hosted, choice, parallel);
    }

    /** Whether the model must call a tool. */
    public boolean isForced() {
        return choice != null && choice.isForced();
    }

    /** Whether it has no tools. */
    public boolean isEmpty() {
        return tools.isEmpty() && hosted.isEmpty();
    }
}
