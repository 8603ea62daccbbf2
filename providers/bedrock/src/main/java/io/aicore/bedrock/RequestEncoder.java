package io.aicore.bedrock;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request's JSON, its fields always in the same order. What the request leaves open is not sent. */
final class RequestEncoder {

    private RequestEncoder() {}

    static Map<String, Object> body(CompletionRequest request) {
        if (request.reasoningEffort() != null) {
            throw new NotOnTheWireException(
                    "reasoning effort: Bedrock has no word for it that all models know (expected:"
                            + " the model's own fields, in the extra field additionalModelRequestFields)");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        List<Map<String, Object>> system = MessageEncoder.system(request.messages());
        if (!system.isEmpty()) {
            body.put("system", system);
        }
        body.put("messages", MessageEncoder.messages(request.messages()));
        put(body, "inferenceConfig", inference(request.sampling()));
        put(body, "toolConfig", tools(request));
        put(body, "outputConfig", output(request.responseFormat()));
        body.putAll(request.extra());
        return body;
    }

    private static @Nullable Map<String, Object> inference(Sampling sampling) {
        Map<String, Object> config = new LinkedHashMap<>();
        put(config, "maxTokens", sampling.maxTokens());
        put(config, "temperature", sampling.temperature());
        put(config, "topP", sampling.topP());
        put(config, "stopSequences", sampling.stop().isEmpty() ? null : sampling.stop());
        return config.isEmpty() ? null : config;
    }

    private static @Nullable Map<String, Object> tools(CompletionRequest request) {
        ToolChoice choice = request.tools().choice();
        if (request.tools().isEmpty()) {
            return null;
        }
        if (choice == ToolChoice.Mode.NONE) {
            // To call none is said by declaring none, which the API refuses where the conversation has calls.
            if (MessageEncoder.hasCalls(request.messages())) {
                throw new NotOnTheWireException(
                        "tool choice: Bedrock does not support none after tool calls (expected: auto, required or one)");
            }
            return null;
        }
        if (Boolean.FALSE.equals(request.tools().parallel())) {
            throw new NotOnTheWireException("parallel tool calls: Bedrock cannot limit them to one (expected: the"
                    + " model's own fields, in the extra field additionalModelRequestFields)");
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tools", ChatJson.tools(request.tools(), RequestEncoder::tool));
        put(config, "toolChoice", choice(choice));
        return config;
    }

    private static Map<String, Object> tool(Tool tool) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("name", tool.name());
        put(spec, "description", tool.description().isEmpty() ? null : tool.description());
        // A schema is required, and its type too.
        spec.put("inputSchema", Blocks.block("json", ChatJson.objectSchema(tool)));
        put(spec, "strict", tool.strict() ? true : null);
        return Blocks.block("toolSpec", spec);
    }

    private static @Nullable Map<String, Object> choice(@Nullable ToolChoice choice) {
        return choice == null
                ? null
                : choice.fold(
                        mode -> Blocks.block(word(mode), Map.of()),
                        named -> Blocks.block("tool", Blocks.block("name", named.tool())));
    }

    private static String word(ToolChoice.Mode mode) {
        return switch (mode) {
            // With NONE no tools are declared.
            case AUTO, NONE -> "auto";
            case REQUIRED -> "any";
        };
    }

    /** A schema goes out as a string of JSON. */
    private static @Nullable Map<String, Object> output(@Nullable ResponseFormat format) {
        return format == null
                ? null
                : format.fold(
                        text -> null,
                        object -> {
                            throw new NotOnTheWireException("response format json: Bedrock has none (expected: a JSON"
                                    + " schema, or the wish in the prompt)");
                        },
                        RequestEncoder::schema);
    }

    private static Map<String, Object> schema(ResponseFormat.JsonSchema wanted) {
        String schema = new String(Json.write(wanted.schema()), StandardCharsets.UTF_8);
        Map<String, Object> definition = ChatJson.ordered("schema", schema, "name", wanted.name());
        return Blocks.block(
                "textFormat",
                ChatJson.ordered("type", "json_schema", "structure", Blocks.block("jsonSchema", definition)));
    }
}
