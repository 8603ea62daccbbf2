package io.aicore.examples.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One answer of a {@link DemoServer}, in the OpenAI chat protocol.
 *
 * @param parts the body, sent piece by piece
 * @param delay how long the provider thinks before it says anything
 * @param pace the pause before each piece
 */
public record Reply(int status, Map<String, String> headers, List<String> parts, Duration delay, Duration pace) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public Reply {
        headers = Map.copyOf(headers);
        parts = List.copyOf(parts);
    }

    /** A refusal with the provider's code for it, such as {@code rate_limit_exceeded}. */
    public static Reply error(int status, String code) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", "A scripted failure")
                .put("type", code)
                .put("code", code);
        return new Reply(status, type("application/json"), List.of(root.toString()), Duration.ZERO, Duration.ZERO);
    }

    static Reply whole(String text) {
        ObjectNode root = head("chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", text);
        choice.put("finish_reason", "stop");
        root.putObject("usage").put("prompt_tokens", 8).put("completion_tokens", words(text).length);
        return new Reply(200, type("application/json"), List.of(root.toString()), Duration.ZERO, Duration.ZERO);
    }

    static Reply stream(String text) {
        List<String> events = new ArrayList<>();
        for (String word : words(text)) {
            ObjectNode root = head("chat.completion.chunk");
            ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
            choice.putObject("delta").put("content", word);
            choice.putNull("finish_reason");
            events.add("data: " + root + "\n\n");
        }
        ObjectNode last = head("chat.completion.chunk");
        ObjectNode choice = last.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", "stop");
        events.add("data: " + last + "\n\n");
        events.add("data: [DONE]\n\n");
        return new Reply(200, type("text/event-stream"), events, Duration.ZERO, Duration.ZERO);
    }

    /** The same, with one more header. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, parts, delay, pace);
    }

    /** The same, after this long. By a timer: no thread waits. */
    public Reply after(Duration delay) {
        return new Reply(status, headers, parts, delay, pace);
    }

    /** The same, with this pause before each piece. */
    public Reply pace(Duration pace) {
        return new Reply(status, headers, parts, delay, pace);
    }

    /** Each with the space before it. */
    private static String[] words(String text) {
        return text.split("(?=\\s\\S)", -1);
    }

    private static ObjectNode head(String object) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-demo")
                .put("object", object)
                .put("created", 1_700_000_000)
                .put("model", DemoServer.MODEL);
    }

    private static Map<String, String> type(String contentType) {
        return Map.of("content-type", contentType);
    }
}
