package io.aicore.openai;

import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.codec.ChatJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The conversation's JSON. */
record MessageEncoder(Dialect dialect) {

    private static final String AUDIO = "audio";
    // A conversation may have begun with another protocol, whose own fields (signed blocks, parts) these hosts refuse.
    // Sent
    // are the fields that hosts of this one know; whatever else a host wants goes into the request's own extra fields.
    static final Set<String> FIELDS =
            Set.of(AUDIO, "cache_control", "name", "partial", "prefix", "reasoning_details", "refusal");

    List<Object> messages(List<Message> messages) {
        int lastUser = -1;
        for (int i = 0; i < messages.size(); i++) {
            lastUser = messages.get(i).role() == Role.USER ? i : lastUser;
        }
        List<Object> encoded = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            encoded.add(message(messages.get(i), i > lastUser));
        }
        return encoded;
    }

    private Map<String, Object> message(Message message, boolean ofThisTurn) {
        Map<String, Object> encoded = new LinkedHashMap<>();
        // "system" is understood by every host; OpenAI reads it as "developer" where it must.
        encoded.put("role", message.role().name().toLowerCase(Locale.ROOT));
        if (message.toolCallId() != null) {
            encoded.put("tool_call_id", dialect.callIds().of(message.toolCallId()));
        }
        encoded.put("content", content(message));
        if (!message.toolCalls().isEmpty()) {
            encoded.put(
                    "tool_calls",
                    message.toolCalls().stream()
                            .map(call -> ChatJson.call(dialect.callIds().of(call.id()), call))
                            .toList());
        }
        // DeepSeek wants the reasoning of a turn that goes on with tool results, and refuses that of earlier turns.
        if (dialect.reasoningBack()
                && ofThisTurn
                && message.reasoning() != null
                && !message.toolCalls().isEmpty()) {
            encoded.put("reasoning_content", message.reasoning());
        }
        // Sorted: these maps have no order of their own, and the bytes must not differ.
        Map<String, Object> extra = new TreeMap<>(message.extra());
        extra.keySet().retainAll(FIELDS);
        if (extra.get(AUDIO) instanceof Map<?, ?> heard && heard.containsKey("id")) {
            // An answer in sound goes back by its id alone.
            extra.put(AUDIO, Map.of("id", String.valueOf(heard.get("id"))));
        }
        encoded.putAll(extra);
        return encoded;
    }

    private @Nullable Object content(Message message) {
        List<Content> parts = message.content();
        if (parts.isEmpty()) {
            return message.toolCalls().isEmpty() ? "" : null;
        }
        // A plain string wherever it will do: not every host takes parts.
        if (parts.size() == 1 && parts.get(0) instanceof Content.Text only) {
            return only.text();
        }
        return parts.stream()
                .map(part -> ChatJson.part(part, file -> Files.chat(file, dialect.addresses())))
                .toList();
    }
}
