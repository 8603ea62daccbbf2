package io.aicore.llm.codec.completions;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.ToolOptions;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.json.TextMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates the request's JSON, with a fixed order of fields. Unset values are not sent. */
record RequestWriter(ChatDialect dialect) {

    Map<String, Object> body(CompletionRequest request, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put("messages", messages(request.messages()));
        sampling(body, request.sampling());
        tools(body, request.tools());
        put(body, "response_format", ChatJson.format(request.responseFormat()));
        if (request.reasoningEffort() != null) {
            dialect.effort(body, request.model(), request.reasoningEffort());
        }
        // Always sent: some gateways stream by default.
        body.put("stream", stream);
        if (stream && dialect.streamUsage()) {
            body.put("stream_options", Map.of("include_usage", true));
        }
        body.putAll(request.extra());
        return body;
    }

    private void sampling(Map<String, Object> body, Sampling sampling) {
        put(body, "temperature", sampling.temperature());
        put(body, "top_p", sampling.topP());
        put(body, dialect.maxTokens(), sampling.maxTokens());
        if (!sampling.stop().isEmpty()) {
            body.put("stop", sampling.stop());
        }
        put(body, dialect.seed(), sampling.seed());
    }

    private void tools(Map<String, Object> body, ToolOptions use) {
        if (use.isEmpty()) {
            // Without tools, their settings are refused.
            return;
        }
        body.put("tools", ChatJson.tools(use, tool -> ChatJson.tool(tool, dialect.parameters(tool), true)));
        ToolChoice choice = use.choice();
        if (choice != null) {
            body.put("tool_choice", choice.<Object>fold(dialect::word, named -> ChatJson.choice(named.tool())));
        }
        put(body, "parallel_tool_calls", use.parallel());
    }

    private List<Object> messages(List<Message> messages) {
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

    private Object message(Message message, boolean ofThisTurn) {
        String text = textAlone(message);
        return text != null && dialect.sendsAsIs(message)
                ? new TextMessage(ChatJson.role(message), text)
                : encoded(message, ofThisTurn);
    }

    /** The text of a message that has nothing else; null for any other. */
    private static @Nullable String textAlone(Message message) {
        boolean alone = message.content().size() == 1
                && message.toolCalls().isEmpty()
                && message.toolCallId() == null
                && message.extra().isEmpty();
        return alone && message.content().get(0) instanceof Content.Text only ? only.text() : null;
    }

    private Map<String, Object> encoded(Message message, boolean ofThisTurn) {
        Map<String, Object> encoded = new LinkedHashMap<>();
        // "system" is understood by every host; OpenAI reads it as "developer" where it must.
        encoded.put("role", ChatJson.role(message));
        if (message.toolCallId() != null) {
            encoded.put("tool_call_id", dialect.callIds().of(message.toolCallId()));
        }
        dialect.beforeContent(encoded, message);
        encoded.put("content", content(message));
        ChatJson.putCalls(encoded, message, dialect.callIds());
        dialect.afterContent(encoded, message, ofThisTurn);
        return encoded;
    }

    private @Nullable Object content(Message message) {
        Object kept = message.role() == Role.ASSISTANT ? dialect.content(message) : null;
        if (kept != null) {
            return kept;
        }
        boolean callsAlone = message.content().isEmpty() && !message.toolCalls().isEmpty();
        return callsAlone ? null : ChatJson.content(message.content(), dialect::file);
    }
}
