package io.aicore.cohere;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.ToolOptions;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request's JSON, its fields always in the same order. What the request leaves open is not sent. */
final class RequestEncoder {

    private static final String CHOICE = "tool_choice";

    private RequestEncoder() {}

    static Map<String, Object> body(CompletionRequest request, boolean stream) {
        Sampling sampling = request.sampling();
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put(
                "messages",
                request.messages().stream().map(MessageEncoder::message).toList());
        tools(body, request.tools());
        put(body, "response_format", format(request.responseFormat()));
        put(body, "max_tokens", sampling.maxTokens());
        if (!sampling.stop().isEmpty()) {
            body.put("stop_sequences", sampling.stop());
        }
        put(body, "temperature", sampling.temperature());
        put(body, "p", sampling.topP());
        put(body, "seed", sampling.seed());
        put(body, "thinking", Thinking.of(request.reasoningEffort(), sampling.maxTokens()));
        // Required, also where there is none.
        body.put("stream", stream);
        body.putAll(request.extra());
        return body;
    }

    private static void tools(Map<String, Object> body, ToolOptions use) {
        if (use.isEmpty()) {
            // Without tools, their settings are refused.
            return;
        }
        if (Boolean.FALSE.equals(use.parallel())) {
            throw new NotOnTheWireException(
                    "parallel tool calls: false, for which Cohere has no word (expected: true, or nothing)");
        }
        ToolChoice choice = use.choice();
        List<Tool> tools =
                choice == null ? use.tools() : choice.fold(mode -> use.tools(), named -> only(named.tool(), use));
        body.put(
                "tools",
                ChatJson.tools(use.tools(tools), tool -> ChatJson.tool(tool, ChatJson.parameters(tool), false)));
        if (tools.stream().anyMatch(Tool::strict)) {
            body.put("strict_tools", true);
        }
        String word = choice == null ? null : choice.fold(RequestEncoder::word, named -> "REQUIRED");
        if (word != null) {
            body.put(CHOICE, word);
        }
    }

    /** The choice between tools and text is the default, which has no word. */
    private static @Nullable String word(ToolChoice.Mode mode) {
        return switch (mode) {
            case AUTO -> null;
            case NONE -> "NONE";
            case REQUIRED -> "REQUIRED";
        };
    }

    /** The choice of a certain tool has no word here, but where there is one tool, a call is a call of it. */
    private static List<Tool> only(String name, ToolOptions use) {
        List<Tool> only =
                use.tools().stream().filter(tool -> tool.name().equals(name)).toList();
        if (!use.hosted().isEmpty()) {
            throw new NotOnTheWireException("tool choice: Cohere does not support one tool beside hosted ones");
        }
        if (only.isEmpty()) {
            throw new NotOnTheWireException("tool choice: a tool that is not among the tools of the request");
        }
        return only;
    }

    private static @Nullable Map<String, Object> format(@Nullable ResponseFormat format) {
        return format == null
                ? null
                : format.fold(
                        text -> null,
                        object -> Map.of("type", "json_object"),
                        wanted -> ChatJson.ordered("type", "json_object", "json_schema", wanted.schema()));
    }
}
