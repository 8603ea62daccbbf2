package io.aicore.examples.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.SseDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The error in what came of a stream.
 *
 * @param headers those of the response; of an AWS frame, with its exception's name
 * @param data the error alone
 */
record StreamError(Map<String, String> headers, String data) {

    // OpenAI, Anthropic, Groq: "error"; OpenAI's Responses: "response.failed"; AWS: "…Exception".
    private static final Pattern FAILED =
            Pattern.compile("(?:^|[._])(?:error|failed)$|exception$", Pattern.CASE_INSENSITIVE);
    private static final Pattern FAILED_FINISH = Pattern.compile(
            "\"(?:finish_?reason|stop_?reason|blockReason)\"\\s*:\\s*\"(?!stop|length|tool|end_|max_|complete)",
            Pattern.CASE_INSENSITIVE);

    static StreamError in(Map<String, String> headers, String text) {
        StreamError frame = frame(headers, text);
        if (frame != null) {
            return frame;
        }
        // The last event counts even if the blank line after it is missing: the text is a part of a stream.
        SseDecoder decoder = new SseDecoder(Integer.MAX_VALUE, IllegalStateException::new);
        List<WireEvent> events = decoder.feed((text + "\n\n").getBytes(UTF_8));
        Optional<String> event = events.stream()
                .filter(StreamError::isError)
                .map(WireEvent::data)
                .findFirst();
        // Some answer with JSON where a stream was asked for; Ollama's stream has an object a line.
        String data = event.or(() -> bareLine(text))
                .orElseGet(() ->
                        events.isEmpty() ? text : events.get(events.size() - 1).data());
        return new StreamError(headers, data);
    }

    /** A frame of AWS's event stream as two lines: headers, payload. */
    private static @Nullable StreamError frame(Map<String, String> headers, String text) {
        int end = text.indexOf('\n');
        JsonFields head = end < 0 ? null : tree(text.substring(0, end));
        if (head == null || !head.at(":message-type").isString()) {
            return null;
        }
        Map<String, String> all = new HashMap<>(headers);
        for (String name : List.of(":exception-type", ":error-code")) {
            String type = head.string(name);
            if (type != null) {
                all.put("x-amzn-errortype", type);
            }
        }
        String payload = text.substring(end + 1);
        String message = head.string(":error-message");
        return new StreamError(all, payload.isBlank() && message != null ? message : payload);
    }

    private static Optional<String> bareLine(String text) {
        return text.lines()
                .filter(line -> {
                    JsonFields tree = line.startsWith("{") ? tree(line) : null;
                    return tree != null && isError(tree);
                })
                .findFirst();
    }

    private static boolean isError(WireEvent event) {
        if (event.type() != null && FAILED.matcher(event.type()).find()) {
            return true;
        }
        JsonFields tree = tree(event.data());
        return tree != null
                && (isError(tree) || FAILED_FINISH.matcher(event.data()).find());
    }

    private static boolean isError(JsonFields tree) {
        JsonFields node = tree.isArray() ? tree.at(0) : tree;
        JsonFields error =
                node.at("response").at("error").isObject() ? node.at("response").at("error") : node.at("error");
        String type = node.string("type");
        return error.isObject()
                || error.isString()
                || "error".equalsIgnoreCase(node.string("object"))
                || (type != null && FAILED.matcher(type).find());
    }

    private static @Nullable JsonFields tree(String text) {
        try {
            JsonFields tree = Json.read(text);
            return tree.isContainer() ? tree : null;
        } catch (MalformedJsonException noJson) {
            return null;
        }
    }
}
