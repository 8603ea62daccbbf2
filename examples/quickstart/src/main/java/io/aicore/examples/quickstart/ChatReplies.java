package io.aicore.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers as the OpenAI chat protocol has them. */
final class ChatReplies {

    static final String MODEL = "scripted-1";

    private static final JsonMapper JSON = JsonMapper.shared();

    private ChatReplies() {}

    static Reply error(int status, String type, String code, String message) {
        return Reply.json(status, errorBody(type, code, message));
    }

    static String errorBody(String type, String code, String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return root.toString();
    }

    static Reply answer(String text, int inputTokens, int outputTokens) {
        ObjectNode root = head("chat.completion");
        ObjectNode choice = root.putArray("choices").addObject();
        choice.put("index", 0).putObject("message").put("role", "assistant").put("content", text);
        choice.put("finish_reason", "stop");
        usage(root, inputTokens, outputTokens);
        return Reply.json(200, root.toString());
    }

    /** A whole stream: role, tokens, end, usage, and the protocol's last word. */
    static Reply stream(List<String> tokens, int inputTokens) {
        List<String> events = new ArrayList<>(begun(tokens));
        events.add(delta(null, null, "stop"));
        ObjectNode last = head("chat.completion.chunk");
        last.putArray("choices");
        usage(last, inputTokens, tokens.size());
        events.add(last.toString());
        events.add("[DONE]");
        return Reply.events(events);
    }

    /** The events of a stream so far: the role, then these tokens. */
    static List<String> begun(List<String> tokens) {
        List<String> events = new ArrayList<>();
        events.add(delta("role", "assistant", null));
        tokens.forEach(token -> events.add(delta("content", token, null)));
        return events;
    }

    private static String delta(@Nullable String field, @Nullable String value, @Nullable String finishReason) {
        ObjectNode root = head("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        if (field != null) {
            delta.put(field, value);
        }
        choice.put("finish_reason", finishReason);
        return root.toString();
    }

    private static void usage(ObjectNode root, int inputTokens, int outputTokens) {
        root.putObject("usage")
                .put("prompt_tokens", inputTokens)
                .put("completion_tokens", outputTokens)
                .put("total_tokens", inputTokens + outputTokens);
    }

    private static ObjectNode head(String object) {
        ObjectNode root = JSON.createObjectNode();
        return root.put("id", "chatcmpl-scripted")
                .put("object", object)
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", MODEL);
    }
}
