package io.aicore.mistral;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.ToolUse;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request's JSON, its fields always in the same order. What the request leaves open is not sent. */
final class RequestEncoder {

    private RequestEncoder() {}

    static Map<String, Object> body(CompletionRequest request, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put(
                "messages",
                request.messages().stream().map(MessageEncoder::message).toList());
        sampling(body, request.sampling());
        tools(body, request.tools());
        put(body, "response_format", ChatJson.format(request.responseFormat()));
        effort(body, request.model(), request.reasoningEffort());
        // A stream's usage comes unasked; the question for it is refused as an unknown field.
        body.put("stream", stream);
        body.putAll(request.extra());
        return body;
    }

    private static void sampling(Map<String, Object> body, Sampling sampling) {
        put(body, "temperature", sampling.temperature());
        put(body, "top_p", sampling.topP());
        put(body, "max_tokens", sampling.maxTokens());
        if (!sampling.stop().isEmpty()) {
            body.put("stop", sampling.stop());
        }
        put(body, "random_seed", sampling.seed());
    }

    private static void tools(Map<String, Object> body, ToolUse use) {
        if (use.isEmpty()) {
            // Without tools, their settings are refused.
            return;
        }
        body.put("tools", ChatJson.tools(use, RequestEncoder::tool));
        if (use.choice() != null) {
            body.put("tool_choice", choice(use.choice()));
        }
        put(body, "parallel_tool_calls", use.parallel());
    }

    private static Map<String, Object> tool(Tool tool) {
        // A schema is required.
        Map<String, Object> none = ChatJson.ordered("type", "object", "properties", Map.of());
        return ChatJson.tool(tool, tool.parameters().isEmpty() ? none : tool.parameters(), true);
    }

    private static Object choice(ToolChoice choice) {
        if (choice instanceof ToolChoice.Named named) {
            return ChatJson.choice(named.tool());
        }
        return switch ((ToolChoice.Mode) choice) {
            case AUTO -> "auto";
            case NONE -> "none";
            // The API's own word; "required" came later, for those who know OpenAI's.
            case REQUIRED -> "any";
        };
    }

    private static void effort(Map<String, Object> body, @Nullable String model, @Nullable ReasoningEffort effort) {
        if (effort == null) {
            return;
        }
        if (model == null || !model.contains("magistral")) {
            if (effort != ReasoningEffort.HIGH && effort != ReasoningEffort.NONE) {
                throw new NotOnTheWireException(
                        "reasoning effort " + effort.word() + ", which Mistral does not know (expected: high or none)");
            }
            body.put("reasoning_effort", effort.word());
        } else if (effort != ReasoningEffort.NONE) {
            // These always think, and know no effort: the mode adds the prompt they were trained with.
            body.put("prompt_mode", "reasoning");
        }
    }
}
