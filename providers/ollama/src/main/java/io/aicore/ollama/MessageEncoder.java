package io.aicore.ollama;

import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conversation's JSON. A message has one text, with its images beside it. A tool's result names the tool: that of
 * the last call before it with this id.
 */
final class MessageEncoder {

    private static final Pattern DATA_URL = Pattern.compile("data:[^,]*;base64,(.*)", Pattern.DOTALL);

    private MessageEncoder() {}

    static List<Object> messages(List<Message> messages) {
        List<Object> encoded = new ArrayList<>();
        Map<String, String> toolsById = new HashMap<>();
        for (Message message : messages) {
            message.toolCalls().forEach(call -> toolsById.put(call.id(), call.name()));
            encoded.add(message(message, toolsById));
        }
        return encoded;
    }

    private static Map<String, Object> message(Message message, Map<String, String> toolsById) {
        Map<String, Object> encoded = new LinkedHashMap<>();
        encoded.put("role", ChatJson.role(message));
        encoded.put("content", message.text());
        List<String> images = images(message);
        if (!images.isEmpty()) {
            encoded.put("images", images);
        }
        String reasoning = message.reasoning();
        if (message.role() == Role.ASSISTANT && reasoning != null && !reasoning.isEmpty()) {
            encoded.put("thinking", reasoning);
        }
        if (!message.toolCalls().isEmpty()) {
            encoded.put(
                    "tool_calls",
                    message.toolCalls().stream().map(MessageEncoder::call).toList());
        }
        if (message.role() == Role.TOOL) {
            String id = String.valueOf(message.toolCallId());
            ChatJson.put(encoded, "tool_name", toolsById.get(id));
            // Older servers know the tool's name alone and pass over this.
            encoded.put("tool_call_id", id);
        }
        return encoded;
    }

    private static List<String> images(Message message) {
        List<String> images = new ArrayList<>();
        for (Content part : message.content()) {
            images.addAll(part.<List<String>>fold(
                    text -> List.of(), image -> List.of(data(image)), file -> List.of(refused(file))));
        }
        return images;
    }

    private static String data(Content.Image image) {
        Matcher data = DATA_URL.matcher(image.url());
        if (!data.matches()) {
            throw new NotOnTheWireException(
                    "an image by address: Ollama fetches none (expected: its bytes, as data:<media type>;base64,<data>)");
        }
        return data.group(1);
    }

    private static String refused(Content.File file) {
        throw new NotOnTheWireException(
                "a file of type " + file.mediaType() + ", which Ollama does not take (expected: text or images)");
    }

    private static Map<String, Object> call(ToolCall call) {
        Object arguments = ToolArguments.sent(call.arguments());
        return ChatJson.ordered(
                "id", call.id(), "function", ChatJson.ordered("name", call.name(), "arguments", arguments));
    }
}
