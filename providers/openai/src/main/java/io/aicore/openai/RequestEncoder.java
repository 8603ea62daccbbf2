package io.aicore.openai;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.ToolUse;
import io.aicore.llm.codec.ChatJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The request's JSON, its fields always in the same order. What the request leaves open is not sent. */
record RequestEncoder(Dialect dialect) {

    // Z.AI: low, high and max from GLM 5.2 on; the models before can be told to think or not to.
    private static final Pattern WITH_LEVELS = Pattern.compile("(?i)glm-(5\\.[2-9]|[6-9]|\\d\\d)");

    Map<String, Object> body(CompletionRequest request, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put("messages", new MessageEncoder(dialect).messages(request.messages()));
        sampling(body, request.sampling());
        tools(body, request.tools());
        put(body, "response_format", ChatJson.format(request.responseFormat()));
        effort(body, request.model(), request.reasoningEffort());
        // Said in any case: some gateways stream unless told not to.
        body.put("stream", stream);
        if (stream && dialect.streamUsage()) {
            body.put("stream_options", Map.of("include_usage", true));
        }
        body.putAll(request.extra());
        return body;
    }

    private void sampling(Map<String, Object> body, Sampling sampling) {
        put(body, "temperature", sampling.temperature());
        put(body, "top_p", sampling.topP());
        put(body, dialect.maxTokens(), sampling.maxTokens());
        if (!sampling.stop().isEmpty()) {
            body.put("stop", sampling.stop());
        }
        put(body, "seed", sampling.seed());
    }

    private static void tools(Map<String, Object> body, ToolUse use) {
        if (use.isEmpty()) {
            // Without tools, their settings are refused.
            return;
        }
        body.put("tools", ChatJson.tools(use, tool -> ChatJson.tool(tool, tool.parameters(), true)));
        if (use.choice() != null) {
            body.put("tool_choice", choice(use.choice()));
        }
        put(body, "parallel_tool_calls", use.parallel());
    }

    private static Object choice(ToolChoice choice) {
        if (choice instanceof ToolChoice.Named named) {
            return ChatJson.choice(named.tool());
        }
        return word((ToolChoice.Mode) choice);
    }

    static String word(ToolChoice.Mode mode) {
        return switch (mode) {
            case AUTO -> "auto";
            case NONE -> "none";
            case REQUIRED -> "required";
        };
    }

    private void effort(Map<String, Object> body, @Nullable String model, @Nullable ReasoningEffort effort) {
        if (effort == null) {
            return;
        }
        switch (dialect.effort()) {
            case FIELD -> body.put("reasoning_effort", effort.word());
            case REASONING_OBJECT -> body.put("reasoning", Map.of("effort", effort.word()));
            case THINKING_SWITCH -> {
                boolean off = effort == ReasoningEffort.NONE;
                body.put("thinking", Map.of("type", off ? "disabled" : "enabled"));
                if (!off && hasLevels(model)) {
                    body.put("reasoning_effort", level(effort));
                }
            }
        }
    }

    /** What the switch of the host's thinking, or its three levels, can't say of the effort. */
    List<String> unsaid(CompletionRequest request) {
        ReasoningEffort effort = request.reasoningEffort();
        if (dialect.effort() != Dialect.Effort.THINKING_SWITCH || effort == null || effort == ReasoningEffort.NONE) {
            return List.of();
        }
        String said = hasLevels(request.model()) ? level(effort) : "enabled";
        return said.equals(effort.word())
                ? List.of()
                : List.of(
                        "reasoning effort " + effort.word() + " sent as " + said + ": the model knows no such effort");
    }

    private static boolean hasLevels(@Nullable String model) {
        return model != null && WITH_LEVELS.matcher(model).find();
    }

    private static String level(ReasoningEffort effort) {
        return switch (effort) {
            case NONE, MINIMAL, LOW -> "low";
            case MEDIUM, HIGH -> "high";
            case XHIGH, MAX -> "max";
        };
    }
}
