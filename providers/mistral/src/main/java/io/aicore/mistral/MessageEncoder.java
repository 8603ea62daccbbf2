package io.aicore.mistral;

import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message's JSON. Fields that its role does not know are refused by the API, so that nothing else is sent. */
final class MessageEncoder {

    private static final String PREFIX = "prefix";
    private static final String NAME = "name";

    private static final CallIds IDS = CallIds.exactly(9);

    private MessageEncoder() {}

    static Map<String, Object> message(Message message) {
        Map<String, Object> encoded = new LinkedHashMap<>();
        encoded.put("role", message.role().name().toLowerCase(Locale.ROOT));
        if (message.role() == Role.TOOL) {
            encoded.put("tool_call_id", IDS.of(String.valueOf(message.toolCallId())));
            ChatJson.put(encoded, NAME, message.extra().get(NAME));
        }
        encoded.put("content", content(message));
        if (!message.toolCalls().isEmpty()) {
            encoded.put(
                    "tool_calls",
                    message.toolCalls().stream()
                            .map(call -> ChatJson.call(IDS.of(call.id()), call))
                            .toList());
        }
        if (message.role() == Role.ASSISTANT) {
            ChatJson.put(encoded, PREFIX, message.extra().get(PREFIX));
        }
        return encoded;
    }

    private static @Nullable Object content(Message message) {
        Object kept = message.role() == Role.ASSISTANT ? KeptChunks.of(message) : null;
        if (kept != null) {
            return kept;
        }
        List<Content> parts = message.content();
        if (parts.isEmpty()) {
            return message.toolCalls().isEmpty() ? "" : null;
        }
        // A plain string wherever it will do: not every model takes chunks.
        if (parts.size() == 1 && parts.get(0) instanceof Content.Text only) {
            return only.text();
        }
        return parts.stream()
                .map(part -> ChatJson.part(part, MessageEncoder::file))
                .toList();
    }

    /** Documents and sounds, each as bytes or by address; the API has no word for films. */
    private static Map<String, Object> file(Content.File file) {
        if (file.is("video")) {
            throw new NotOnTheWireException(
                    "a video file, which Mistral does not take (expected: a document or audio)");
        }
        if (file.is("audio")) {
            String data = file.base64();
            return ChatJson.ordered("type", "input_audio", "input_audio", data == null ? file.url() : data);
        }
        Map<String, Object> document = ChatJson.ordered("type", "document_url", "document_url", file.url());
        ChatJson.put(document, "document_name", file.name());
        return document;
    }
}
