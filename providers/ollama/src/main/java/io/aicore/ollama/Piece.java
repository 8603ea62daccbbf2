package io.aicore.ollama;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.ToolCallFields;
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
        return Json.text(tree, "model");
    }

    String text() {
        return Json.text(tree, "message", "content");
    }

    String thinking() {
        return Json.text(tree, "message", "thinking");
    }

    /** Pictures that the model has made, in base64. */
    JsonNode images() {
        return tree.path("message").path(IMAGES);
    }

    @Nullable
    String reason() {
        return Json.string(tree, "done_reason");
    }

    /** Why it ended: the API has no word for tool calls. */
    FinishReason finish(boolean calls) {
        String word = reason();
        if (word == null || word.equals("stop")) {
            FinishReason plain = word == null ? FinishReason.UNKNOWN : FinishReason.STOP;
            return calls ? FinishReason.TOOL_CALLS : plain;
        }
        // "load" and "unload" say that the model did nothing but come or go.
        return word.equals("length") ? FinishReason.LENGTH : FinishReason.UNKNOWN;
    }

    /** The tool calls, each whole; {@code before} of them came with earlier lines. */
    List<ToolCall> calls(int before) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : tree.path("message").path("tool_calls").values()) {
            String arguments = arguments(Json.at(call, "function", "arguments"));
            String id = Json.text(call, "id");
            calls.add(new ToolCall(
                    id.isEmpty() ? invented(before + calls.size(), arguments) : id,
                    Json.text(call, "function", "name"),
                    arguments));
        }
        return calls;
    }

    /**
     * An id for a call without one, as most have none: deterministic for this answer, and different from those of other
     * answers, because a conversation may continue with a provider that matches calls by their ids only.
     */
    private String invented(int position, String arguments) {
        int answer = (Json.text(tree, "created_at") + arguments).hashCode();
        return "call_" + Integer.toHexString(answer) + "_" + position;
    }

    private static String arguments(JsonNode arguments) {
        return arguments.isMissingNode() || arguments.isNull() ? ToolArguments.NONE : ToolCallFields.text(arguments);
    }

    /** The tokens; null if neither number is there. Zero is left out, as for a prompt that was in the cache. */
    @Nullable
    Usage usage() {
        boolean counted = Json.whole(tree, "prompt_eval_count") != null || Json.whole(tree, "eval_count") != null;
        return counted ? Usage.of(Json.count(tree, "prompt_eval_count"), Json.count(tree, "eval_count")) : null;
    }
}
