package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request.
 *
 * @param tools what the caller runs
 * @param hosted tools that the provider runs itself (web search, code execution), in the form of its protocol's own list of
 *     tools; sent as they are, after the others
 * @param choice null leaves it to the provider (auto)
 * @param parallel whether several calls may come in one answer; null leaves it to the provider
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

    /** Tools that the caller runs, and no others. */
    public ToolUse(List<Tool> tools, @Nullable ToolChoice choice, @Nullable Boolean parallel) {
        this(tools, List.of(), choice, parallel);
    }

    /** Whether there is no tool at all. */
    public boolean isEmpty() {
        return tools.isEmpty() && hosted.isEmpty();
    }
}
