package io.aicore.cohere;

import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message's JSON. Only fields that its role knows are sent. */
final class MessageEncoder {

    private static final String DOCUMENTS = "documents";
    private static final String DATA = "data";

    private MessageEncoder() {}

    static Map<String, Object> message(Message message) {
        Map<String, Object> encoded = new LinkedHashMap<>();
        encoded.put("role", ChatJson.role(message));
        switch (message.role()) {
            case SYSTEM, USER -> encoded.put("content", content(message));
            case ASSISTANT -> assistant(encoded, message);
            case TOOL -> {
                encoded.put("tool_call_id", message.toolCallId());
                encoded.put("content", result(message));
            }
        }
        return encoded;
    }

    private static void assistant(Map<String, Object> encoded, Message message) {
        Object kept = ChatJson.kept(message, KeptFields.CONTENT);
        if (kept != null) {
            encoded.put("content", kept);
        } else if (!message.content().isEmpty() || message.toolCalls().isEmpty()) {
            encoded.put("content", content(message));
        }
        ChatJson.put(encoded, KeptFields.PLAN, message.extra().get(KeptFields.PLAN));
        ChatJson.putCalls(encoded, message, CallIds.ANY);
        // Answers of other hosts have citations too: addresses alone, which Cohere does not take.
        if (message.extra().get(KeptFields.CITATIONS) instanceof List<?> citations
                && citations.stream().allMatch(Map.class::isInstance)) {
            encoded.put(KeptFields.CITATIONS, citations);
        }
    }

    private static Object content(Message message) {
        return ChatJson.content(message.content(), MessageEncoder::file);
    }

    /** A string; or blocks, where there are documents that the answer may cite. */
    private static Object result(Message message) {
        message.content()
                .forEach(part -> part.<@Nullable Void>fold(
                        text -> null,
                        image -> refused("an image in a tool's result"),
                        file -> refused("a file in a tool's result")));
        Object documents = message.extra().get(DOCUMENTS);
        if (documents == null) {
            return content(message);
        }
        if (!(documents instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
            throw new NotOnTheWireException("documents of a tool's result (expected: a list of objects)");
        }
        List<Object> blocks = new ArrayList<>();
        if (!message.text().isEmpty()) {
            message.content().forEach(part -> blocks.add(ChatJson.part(part, MessageEncoder::file)));
        }
        for (Object document : list) {
            // With an id it is said in full, as {"id":…, "data":{…}}; else these are the data themselves.
            boolean full = document instanceof Map<?, ?> fields && fields.get(DATA) instanceof Map<?, ?>;
            blocks.add(ChatJson.ordered("type", "document", "document", full ? document : Map.of(DATA, document)));
        }
        return blocks;
    }

    private static Void refused(String what) {
        throw new NotOnTheWireException(what + ", which Cohere does not take (expected: text)");
    }

    private static Map<String, Object> file(Content.File file) {
        throw new NotOnTheWireException(
                "a file of type " + file.mediaType()
                        + ", which Cohere does not take (expected: text or images; documents go into the extra field documents)");
    }
}
