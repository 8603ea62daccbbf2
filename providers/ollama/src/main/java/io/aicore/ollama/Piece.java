package io.aicore.ollama;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.FinishTable;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a line of a stream says; a plain answer is one such line, and the last. */
record Piece(JsonFields tree) {

    // "load" and "unload" say that the model did nothing but come or go.
    private static final FinishTable REASONS =
            new FinishTable(Map.of("stop", FinishReason.STOP, "length", FinishReason.LENGTH));

    static final String DONE = "done";
    static final String REASON = "done_reason";
    static final String PROMPT = "prompt_eval_count";
    static final String ANSWER = "eval_count";
    static final String IMAGES = "images";
    static final String PROBABILITIES = "logprobs";

    boolean isMessage() {
        return tree.at("message").isObject();
    }

    /** Whether no more follows. */
    boolean isLast() {
        return tree.isTrue(DONE);
    }

    String model() {
        return tree.text("model");
    }

    String text() {
        return ChatJson.text(tree.at("message", "content"));
    }

    String thinking() {
        return ChatJson.text(tree.at("message", "thinking"));
    }

    /** Pictures that the model has made, in base64. */
    JsonFields images() {
        return tree.at("message").at(IMAGES);
    }

    @Nullable
    String reason() {
        return tree.string(REASON);
    }

    /** Why it ended: the API has no word for tool calls. */
    FinishReason finish(boolean calls) {
        return finish(reason(), calls);
    }

    static FinishReason finish(@Nullable String word, boolean calls) {
        return REASONS.of(word, calls);
    }

    /** The tool calls, each whole; {@code before} of them came with earlier lines. */
    List<ToolCall> calls(int before) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonFields call : tree.at("message", "tool_calls").items()) {
            String arguments = arguments(call.at("function", "arguments"));
            String id = call.text("id");
            calls.add(new ToolCall(
                    id.isEmpty() ? invented(before + calls.size(), arguments) : id,
                    call.text("function", "name"),
                    arguments));
        }
        return calls;
    }

    /**
     * An id for a call without one, as most have none: deterministic for this answer, and different from those of other
     * answers, because a conversation may continue with a provider that matches calls by their ids only.
     */
    private String invented(int position, String arguments) {
        int answer = (tree.text("created_at") + arguments).hashCode();
        return "call_" + Integer.toHexString(answer) + "_" + position;
    }

    private static String arguments(JsonFields arguments) {
        return arguments.isAbsent() ? ToolArguments.NONE : ToolCallFields.text(arguments);
    }

    /** The tokens; null if neither number is there. Zero is left out, as for a prompt that was in the cache. */
    @Nullable
    Usage usage() {
        boolean counted = tree.whole(PROMPT) != null || tree.whole(ANSWER) != null;
        return counted ? Usage.of(tree.count(PROMPT), tree.count(ANSWER)) : null;
    }

    /** The usage of these counts, of which negative ones are unknown; null if both are. */
    static @Nullable Usage usage(long prompt, long answer) {
        return prompt < 0 && answer < 0 ? null : Usage.of(Math.max(0, prompt), Math.max(0, answer));
    }
}
