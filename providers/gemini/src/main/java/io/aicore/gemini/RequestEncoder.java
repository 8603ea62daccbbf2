package io.aicore.gemini;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.ToolOptions;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The request's JSON, its fields always in the same order. What the request leaves open is not sent. */
final class RequestEncoder {

    private static final String MIME_TYPE = "responseMimeType";
    private static final String JSON = "application/json";

    private RequestEncoder() {}

    static Map<String, Object> body(CompletionRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        List<Object> system = request.messages().stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .<Object>map(message -> Map.of("text", text(message)))
                .toList();
        if (!system.isEmpty()) {
            body.put("systemInstruction", Map.of("parts", system));
        }
        List<Message> turns = request.messages().stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .toList();
        body.put("contents", new ContentEncoder(request.model()).contents(turns));
        tools(body, request.tools());
        Map<String, Object> config = generationConfig(request);
        if (!config.isEmpty()) {
            body.put("generationConfig", config);
        }
        merge(body, request.extra());
        return body;
    }

    private static String text(Message system) {
        if (!system.content().stream().allMatch(Content.Text.class::isInstance)) {
            throw new NotOnTheWireException(
                    "an image or a file in a system message, which Gemini does not take (expected: text)");
        }
        return system.text();
    }

    private static Map<String, Object> generationConfig(CompletionRequest request) {
        Map<String, Object> config = new LinkedHashMap<>();
        Sampling sampling = request.sampling();
        put(config, "temperature", sampling.temperature());
        put(config, "topP", sampling.topP());
        put(config, "maxOutputTokens", sampling.maxTokens());
        if (!sampling.stop().isEmpty()) {
            config.put("stopSequences", sampling.stop());
        }
        put(config, "seed", sampling.seed());
        ResponseFormat format = request.responseFormat();
        if (format != null) {
            config.putAll(format.<Map<String, Object>>fold(
                    text -> Map.of(),
                    object -> Map.of(MIME_TYPE, JSON),
                    wanted -> ChatJson.ordered(MIME_TYPE, JSON, "responseJsonSchema", wanted.schema())));
        }
        if (request.reasoningEffort() != null) {
            config.put("thinkingConfig", Thinking.config(request.model(), request.reasoningEffort()));
        }
        return config;
    }

    private static void tools(Map<String, Object> body, ToolOptions use) {
        if (use.isEmpty()) {
            return;
        }
        List<Object> tools = new ArrayList<>();
        if (!use.tools().isEmpty()) {
            tools.add(Map.of(
                    "functionDeclarations",
                    use.tools().stream().map(RequestEncoder::declaration).toList()));
        }
        tools.addAll(use.hosted());
        body.put("tools", tools);
        Map<String, Object> calling = use.tools().isEmpty() ? Map.of() : calling(use);
        if (!calling.isEmpty()) {
            body.put("toolConfig", Map.of("functionCallingConfig", calling));
        }
    }

    private static Object declaration(Tool tool) {
        Map<String, Object> declaration = new LinkedHashMap<>();
        declaration.put("name", tool.name());
        if (!tool.description().isEmpty()) {
            declaration.put("description", tool.description());
        }
        if (!tool.parameters().isEmpty()) {
            // JSON schema as it is; "parameters" would want Google's own subset of OpenAPI.
            declaration.put("parametersJsonSchema", tool.parameters());
        }
        return declaration;
    }

    private static Map<String, Object> calling(ToolOptions use) {
        // VALIDATED is AUTO with arguments held to the schema.
        String auto = use.tools().stream().anyMatch(Tool::strict) ? "VALIDATED" : "AUTO";
        ToolChoice choice = use.choice();
        if (choice == null) {
            return auto.equals("AUTO") ? Map.of() : Map.of("mode", auto);
        }
        return choice.fold(
                mode -> Map.of(
                        "mode",
                        switch (mode) {
                            case AUTO -> auto;
                            case NONE -> "NONE";
                            case REQUIRED -> "ANY";
                        }),
                named -> ChatJson.ordered("mode", "ANY", "allowedFunctionNames", List.of(named.tool())));
    }

    /**
     * Extra fields take precedence; two objects are merged field by field: a generationConfig there keeps the other
     * fields of this library's.
     */
    static void merge(Map<String, Object> into, Map<?, ?> extra) {
        extra.forEach((name, value) -> {
            String field = String.valueOf(name);
            if (value instanceof Map<?, ?> theirs && into.get(field) instanceof Map<?, ?> ours) {
                Map<String, Object> both = Json.copy(ours);
                merge(both, theirs);
                into.put(field, both);
            } else {
                into.put(field, value);
            }
        });
    }
}
