package io.aicore.ollama;

import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a line of a stream says; a plain answer is one such line, and the last. */
record Piece(JsonNode tree) {

    static final String IMAGES = "images";
    static final String PROBABILITIES = "logprobs";

    boolean isMessage() {
        return tree.path("message").isObject();
    }

    /** Whether no more follows. */
    boolean isLast() {
        JsonNode done = tree.path("done");
        return done.isBoolean() && done.booleanValue();
    }

    String model() {
        return text("model");
    }

    String text() {
        return text("message", "content");
    }

    String thinking() {
        return text("message", "thinking");
    }

    /** Pictures that the model has made, in base64. */
    JsonNode images() {
        return tree.path("message").path(IMAGES);
    }

    @Nullable
    String reason() {
        return Json.string(tree, "done_reason");
    }

    /** The tool calls, each whole; {@code before} of them came with earlier lines. */
    List<ToolCall> calls(int before) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : tree.path("message").path("tool_calls").values()) {
            String name = Json.string(call, "function", "name");
            String arguments = arguments(Json.at(call, "function", "arguments"));
            String id = Json.string(call, "id");
            calls.add(new ToolCall(
                    id == null || id.isEmpty() ? invented(before + calls.size(), arguments) : id,
                    name == null ? "" : name,
                    arguments));
        }
        return calls;
    }

    /**
     * An id for a call that came without one, as most do: the same whenever this answer is read, and another than those
     * of other answers, because a conversation may go on with a provider that tells calls apart by their ids alone.
     */
    private String invented(int position, String arguments) {
        int answer = (text("created_at") + arguments).hashCode();
        return "call_" + Integer.toHexString(answer) + "_" + position;
    }

    private static String arguments(JsonNode arguments) {
        if (arguments.isMissingNode() || arguments.isNull()) {
            return "{}";
        }
        return arguments.isString() ? arguments.stringValue() : Json.write(arguments);
    }

    /** The tokens; null if neither number is there. Zero is left out, as for a prompt that was in the cache. */
    @Nullable
    Usage usage() {
        Long input = Json.whole(tree, "prompt_eval_count");
        Long output = Json.whole(tree, "eval_count");
        return input == null && output == null
                ? null
                : Usage.of(Math.max(0, input == null ? 0 : input), Math.max(0, output == null ? 0 : output));
    }

    private String text(String... path) {
        String text = Json.string(tree, path);
        return text == null ? "" : text;
    }
}
