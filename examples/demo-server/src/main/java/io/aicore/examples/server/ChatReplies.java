package io.aicore.examples.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers and refusals as the OpenAI chat protocol has them. */
public final class ChatReplies {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ChatReplies() {}

    /** A refusal with the provider's code for it, such as {@code rate_limit_exceeded}. */
    public static Reply error(int status, String code) {
        return error(status, code, code, "A scripted failure");
    }

    /** A refusal in the provider's own words. */
    public static Reply error(int status, String type, String code, String message) {
        return Reply.json(status, errorBody(type, code, message));
    }

    /** What a refusal says; inside a stream, an event says it too. */
    public static String errorBody(String type, String code, String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return root.toString();
    }

    /** The whole answer at once. */
    public static Reply answer(String text, int inputTokens, int outputTokens) {
        ObjectNode root = head("chat.completion");
        ObjectNode choice = root.putArray("choices").addObject();
        choice.put("index", 0).putObject("message").put("role", "assistant").put("content", text);
        choice.put("finish_reason", "stop");
        usage(root, inputTokens, outputTokens);
        return Reply.json(200, root.toString());
    }

    /** The wish that a function be called with these arguments, an object of JSON. */
    public static Reply toolCall(String function, String arguments) {
        ObjectNode root = head("chat.completion");
        ObjectNode choice = root.putArray("choices").addObject();
        ObjectNode message = choice.put("index", 0).putObject("message").put("role", "assistant");
        ObjectNode call = message.putNull("content").putArray("tool_calls").addObject();
        call.put("id", "call_scripted").put("type", "function");
        call.putObject("function").put("name", function).put("arguments", arguments);
        choice.put("finish_reason", "tool_calls");
        usage(root, 1, 1);
        return Reply.json(200, root.toString());
    }

    /** A whole stream: role, tokens, end, usage, and the protocol's last word. */
    public static Reply stream(List<String> tokens, int inputTokens) {
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
    public static List<String> begun(List<String> tokens) {
        List<String> events = new ArrayList<>();
        events.add(delta("role", "assistant", null));
        tokens.forEach(token -> events.add(delta("content", token, null)));
        return events;
    }

    /** This text word by word, each with the space before it. */
    static List<String> tokens(String text) {
        return Arrays.asList(text.split("(?=\\s\\S)"));
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
                .put("model", DemoServer.MODEL);
    }
}
