package io.aicore.ollama;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.ToolOptions;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request's JSON, its fields always in the same order. What the request leaves open is not sent. */
final class RequestEncoder {

    private static final String OPTIONS = "options";

    private RequestEncoder() {}

    static Map<String, Object> body(CompletionRequest request, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put("messages", MessageEncoder.messages(request.messages()));
        if (offersTools(request.tools())) {
            body.put("tools", ChatJson.tools(request.tools(), RequestEncoder::tool));
        }
        put(body, "format", format(request.responseFormat()));
        put(body, "think", think(request.reasoningEffort()));
        Map<String, Object> options = options(request.sampling());
        body.putAll(request.extra());
        // Options of the request's own stand beside ours, and win.
        if (request.extra().get(OPTIONS) instanceof Map<?, ?> own) {
            own.forEach((name, value) -> options.put(String.valueOf(name), value));
            body.put(OPTIONS, options);
        } else if (!options.isEmpty()) {
            body.putIfAbsent(OPTIONS, options);
        }
        // Streaming is the API's default.
        body.put("stream", stream);
        return body;
    }

    /** The API leaves the choice to the model: sending no tools prevents calls; other choices are not supported. */
    private static boolean offersTools(ToolOptions use) {
        ToolChoice choice = use.choice();
        boolean wanted = choice == null || choice.fold(RequestEncoder::leaves, named -> required());
        if (Boolean.FALSE.equals(use.parallel())) {
            throw new NotOnTheWireException("parallel tool calls: Ollama cannot limit them to one");
        }
        return !use.isEmpty() && wanted;
    }

    private static boolean leaves(ToolChoice.Mode mode) {
        return switch (mode) {
            case AUTO -> true;
            case NONE -> false;
            case REQUIRED -> required();
        };
    }

    private static boolean required() {
        throw new NotOnTheWireException("tool choice: Ollama does not support required calls (expected: auto or none)");
    }

    private static Map<String, Object> tool(Tool tool) {
        Map<String, Object> function = ChatJson.ordered("name", tool.name(), "description", tool.description());
        // Templates of models walk over the properties without asking whether there are any.
        Map<String, Object> schema = ChatJson.ordered("type", "object", "properties", Map.of());
        schema.putAll(tool.parameters());
        function.put("parameters", schema);
        return ChatJson.ordered("type", "function", "function", function);
    }

    private static @Nullable Object format(@Nullable ResponseFormat format) {
        return format == null
                ? null
                : format.<Object>fold(text -> null, object -> "json", ResponseFormat.JsonSchema::schema);
    }

    /** The API knows three levels; models without levels take any for yes. */
    static @Nullable Object think(@Nullable ReasoningEffort effort) {
        if (effort == null) {
            return null;
        }
        return switch (effort) {
            case NONE -> false;
            case MINIMAL, LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH, XHIGH, MAX -> "high";
        };
    }

    private static Map<String, Object> options(Sampling sampling) {
        Map<String, Object> options = new LinkedHashMap<>();
        put(options, "temperature", sampling.temperature());
        put(options, "top_p", sampling.topP());
        put(options, "num_predict", sampling.maxTokens());
        put(options, "seed", sampling.seed());
        if (!sampling.stop().isEmpty()) {
            options.put("stop", sampling.stop());
        }
        return options;
    }
}
