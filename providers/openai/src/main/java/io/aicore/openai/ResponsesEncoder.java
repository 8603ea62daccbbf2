package io.aicore.openai;

import static io.aicore.llm.codec.ChatJson.ordered;
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
import io.aicore.llm.codec.completions.ChatDialect;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON of a request to the Responses API, its fields always in the same order. */
record ResponsesEncoder(ResponsesDialect dialect) {

    private static final String ENCRYPTED = "reasoning.encrypted_content";

    Map<String, Object> body(CompletionRequest request, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        List<Message> messages = request.messages();
        int instructions = instructions(messages);
        if (instructions > 0) {
            body.put(
                    "instructions",
                    messages.subList(0, instructions).stream()
                            .map(Message::text)
                            .collect(Collectors.joining("\n\n")));
        }
        body.put("input", InputItems.of(messages.subList(instructions, messages.size())));
        Sampling sampling = request.sampling();
        if (!sampling.stop().isEmpty() || sampling.seed() != null) {
            throw new NotOnTheWireException("stop or seed: the Responses API has neither");
        }
        put(body, "temperature", sampling.temperature());
        put(body, "top_p", sampling.topP());
        put(body, "max_output_tokens", sampling.maxTokens());
        tools(body, request.tools());
        format(body, request.responseFormat());
        if (request.reasoningEffort() != null) {
            body.put("reasoning", Map.of("effort", request.reasoningEffort().word()));
        }
        if (dialect.asksForThoughts(request.model(), request.reasoningEffort())) {
            body.put("include", List.of(ENCRYPTED));
        }
        // By default the provider would keep each answer for weeks. One in the background must be kept to be fetched.
        body.put("store", inBackground(request));
        body.put("stream", stream);
        body.putAll(request.extra());
        return body;
    }

    /** Whether the provider continues with the answer without a connection. */
    static boolean inBackground(CompletionRequest request) {
        return Boolean.TRUE.equals(request.extra().get("background"));
    }

    /** How many messages at the beginning are instructions; none if nothing else would be left. */
    private static int instructions(List<Message> messages) {
        int count = 0;
        while (count < messages.size() && isInstruction(messages.get(count))) {
            count++;
        }
        return count == messages.size() ? 0 : count;
    }

    private static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM && message.content().stream().allMatch(Content.Text.class::isInstance);
    }

    private static void tools(Map<String, Object> body, ToolOptions use) {
        if (use.isEmpty()) {
            return;
        }
        body.put("tools", ChatJson.tools(use, ResponsesEncoder::tool));
        ToolChoice choice = use.choice();
        if (choice != null) {
            body.put(
                    "tool_choice",
                    choice.<Object>fold(
                            ChatDialect.COMMON::word, named -> ordered("type", "function", "name", named.tool())));
        }
        put(body, "parallel_tool_calls", use.parallel());
    }

    private static Map<String, Object> tool(Tool tool) {
        Map<String, Object> function = ordered("type", "function", "name", tool.name());
        if (!tool.description().isEmpty()) {
            function.put("description", tool.description());
        }
        function.put("parameters", ChatJson.parameters(tool));
        // Said in any case: here it would be true by default.
        function.put("strict", tool.strict());
        return function;
    }

    private static void format(Map<String, Object> body, @Nullable ResponseFormat format) {
        Map<String, Object> encoded = format == null
                ? null
                : format.fold(text -> null, object -> Map.of("type", "json_object"), ResponsesEncoder::schema);
        if (encoded != null) {
            body.put("text", Map.of("format", encoded));
        }
    }

    private static Map<String, Object> schema(ResponseFormat.JsonSchema wanted) {
        Map<String, Object> schema = ordered("type", "json_schema", "name", wanted.name());
        schema.put("schema", wanted.schema());
        schema.put("strict", wanted.strict());
        return schema;
    }
}
