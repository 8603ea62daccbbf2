package io.aicore.llm.codec;

import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolOptions;
import io.aicore.llm.codec.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON elements that several chat protocols share, in the form of chat completions. The order of fields is fixed. */
public final class ChatJson {

    private ChatJson() {}

    /** An object with these fields, in this order. */
    public static Map<String, Object> ordered(String name, Object value, String secondName, Object secondValue) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(name, value);
        object.put(secondName, secondValue);
        return object;
    }

    /** Adds a field unless its value is null. */
    public static void put(Map<String, Object> object, String name, @Nullable Object value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    /**
     * {@code {"type":"text","text":…}} or {@code {"type":"image_url","image_url":{"url":…,"detail":…}}}.
     *
     * @param file converts a file, which each protocol sends in another form
     */
    public static Map<String, Object> part(Content part, Function<Content.File, Map<String, Object>> file) {
        return part.fold(text -> ordered("type", "text", "text", text.text()), ChatJson::image, file);
    }

    /**
     * A message's content: a plain string if possible, because not every host and model accepts parts.
     *
     * @param file converts a file
     */
    public static Object content(List<Content> parts, Function<Content.File, Map<String, Object>> file) {
        if (parts.isEmpty()) {
            return "";
        }
        if (parts.size() == 1 && parts.get(0) instanceof Content.Text only) {
            return only.text();
        }
        return parts.stream().map(part -> part(part, file)).toList();
    }

    /** A message's role, as all these protocols name it. */
    public static String role(Message message) {
        return message.role().word();
    }

    /**
     * The blocks that an answer stored on its message under this name, to send back unchanged; null if there are none,
     * or if the text was changed since.
     */
    public static @Nullable List<?> kept(Message turn, String name) {
        if (!(turn.extra().get(name) instanceof List<?> kept)) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (Object block : kept) {
            if (block instanceof Map<?, ?> fields && "text".equals(fields.get("type"))) {
                text.append(fields.get("text"));
            }
        }
        return text.toString().equals(turn.text()) ? kept : null;
    }

    private static Map<String, Object> image(Content.Image image) {
        Map<String, Object> url = new LinkedHashMap<>();
        url.put("url", image.url());
        put(url, "detail", image.detail());
        return ordered("type", "image_url", "image_url", url);
    }

    /** The declared tools, followed by those that the provider runs itself. */
    public static List<Map<String, Object>> tools(ToolOptions use, Function<Tool, Map<String, Object>> declaration) {
        return Stream.concat(use.tools().stream().map(declaration), use.hosted().stream())
                .toList();
    }

    /**
     * {@code {"type":"function","function":{"name":…}}} with the tool's description and parameters.
     *
     * @param strict whether the protocol has the field {@code strict}
     */
    public static Map<String, Object> tool(Tool tool, Map<String, Object> parameters, boolean strict) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        if (!tool.description().isEmpty()) {
            function.put("description", tool.description());
        }
        if (!parameters.isEmpty()) {
            function.put("parameters", parameters);
        }
        if (strict && tool.strict()) {
            function.put("strict", true);
        }
        return ordered("type", "function", "function", function);
    }

    /** The tool's parameters if a schema is required: an object without properties for a tool without parameters. */
    public static Map<String, Object> parameters(Tool tool) {
        return tool.parameters().isEmpty() ? ordered("type", "object", "properties", Map.of()) : tool.parameters();
    }

    /** The tool's parameters if the schema must have the type object. */
    public static Map<String, Object> objectSchema(Tool tool) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.putAll(tool.parameters());
        return schema;
    }

    /** The choice of this tool. */
    public static Map<String, Object> choice(String tool) {
        return ordered("type", "function", "function", Map.of("name", tool));
    }

    /**
     * A call of an earlier answer, to send back under this id. Empty arguments become an empty object, and doubly
     * encoded ones are decoded; arguments that are not an object are sent as the model wrote them.
     */
    public static Map<String, Object> call(String id, ToolCall call) {
        String object = ToolArguments.object(call.arguments());
        String arguments = object == null ? call.arguments() : object;
        Map<String, Object> encoded = new LinkedHashMap<>();
        encoded.put("id", id);
        encoded.put("type", "function");
        encoded.put("function", ordered("name", call.name(), "arguments", arguments));
        return encoded;
    }

    /** Adds the calls of an answer, if any, with ids that the protocol accepts. */
    public static void putCalls(Map<String, Object> encoded, Message message, CallIds ids) {
        if (!message.toolCalls().isEmpty()) {
            encoded.put(
                    "tool_calls",
                    message.toolCalls().stream()
                            .map(call -> call(ids.of(call.id()), call))
                            .toList());
        }
    }

    /** {@code response_format} of chat completions; null for plain text. */
    public static @Nullable Map<String, Object> format(@Nullable ResponseFormat format) {
        return format == null
                ? null
                : format.fold(text -> null, object -> Map.of("type", "json_object"), ChatJson::schema);
    }

    private static Map<String, Object> schema(ResponseFormat.JsonSchema wanted) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("name", wanted.name());
        schema.put("schema", wanted.schema());
        schema.put("strict", wanted.strict());
        return ordered("type", "json_schema", "json_schema", schema);
    }

    /**
     * The text of content, which hosts send as a string, as a part with a {@code text}, or as an array of both; empty if
     * there is none.
     */
    public static String text(JsonFields content) {
        if (content.isString()) {
            return content.text();
        }
        StringBuilder text = new StringBuilder();
        for (JsonFields part : content.items()) {
            JsonFields inner = part.has("text") ? part.at("text") : part.at("value");
            text.append(part.isString() ? part.text() : text(inner));
        }
        return text.toString();
    }

    /**
     * The blocks of an answer's content, which gateways also send as a string, or as one block.
     *
     * @param text makes a block of a text
     */
    public static List<JsonFields> blocks(JsonFields content, Function<String, Map<String, Object>> text) {
        if (content.isString() && content.text().isEmpty()) {
            return List.of();
        }
        List<JsonFields> blocks = content.isString() ? List.of(content) : content.items();
        return blocks.stream()
                .map(block -> block.isString() ? JsonFields.of(text.apply(block.text())) : block)
                .toList();
    }

    /** The choice with index 0 in an answer or in a stream's chunk; a missing node without one. */
    public static JsonFields firstChoice(JsonFields tree) {
        return first(tree.at("choices"));
    }

    /** The element with index 0, or without an index; a missing node without one. */
    public static JsonFields first(JsonFields array) {
        for (JsonFields element : array.items()) {
            Long index = element.whole("index");
            if (index == null || index == 0) {
                return element;
            }
        }
        return array.at(-1);
    }
}
