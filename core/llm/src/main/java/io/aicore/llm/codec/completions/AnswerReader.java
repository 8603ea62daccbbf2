package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a plain answer. */
record AnswerReader(JsonAnswer answer, ChatDialect dialect) {

    Completion read() {
        JsonNode tree = ChatErrors.tree(answer);
        if (ChatErrors.in(tree)) {
            throw dialect.failure(answer, tree, answer.response().text(), Phase.BODY);
        }
        JsonNode choice = ChatJson.firstChoice(tree);
        if (!choice.isObject()) {
            throw answer.malformed("no_choices", "the answer has no choices");
        }
        if (choice.path("error").isObject()) {
            throw answer.reported(Json.write(choice.path("error")), Phase.BODY);
        }
        String reason = Json.string(choice, "finish_reason");
        ErrorCategory failure = FinishWords.failure(reason);
        if (failure != null) {
            throw answer.failedFinish(failure, String.valueOf(reason), Phase.BODY);
        }
        OtherFields others = dialect.otherFields();
        others.add(tree, choice, choice.path("message"));
        Completion completion = completion(tree, choice.path("message"), reason, others.extra());
        boolean fine = others.isAnswer() || completion.finishReason().allowsEmpty();
        return fine ? completion : answer.answered(completion);
    }

    private Completion completion(JsonNode tree, JsonNode message, @Nullable String reason, Map<String, Object> extra) {
        Words words = Words.of(message);
        List<ToolCall> calls = calls(message);
        return new Completion(
                Json.text(tree, "id"),
                Json.text(tree, "model"),
                words.text(),
                calls,
                words.reasoning().isEmpty() ? null : words.reasoning(),
                words.refusal().isEmpty() ? null : words.refusal(),
                FinishWords.of(
                        dialect, reason, !calls.isEmpty(), !words.refusal().isEmpty()),
                reason,
                ChatUsage.of(tree),
                null,
                extra);
    }

    private static List<ToolCall> calls(JsonNode message) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : Json.elements(message.path("tool_calls"))) {
            String id = Json.text(call, "id");
            calls.add(new ToolCall(
                    id.isEmpty() ? "call_" + calls.size() : id,
                    ToolCallFields.name(call),
                    ToolCallFields.arguments(call)));
        }
        // The form before tool calls: one function, without an id.
        JsonNode legacy = message.path("function_call");
        String name = Json.text(legacy, "name");
        if (calls.isEmpty() && !name.isEmpty()) {
            calls.add(new ToolCall("call_0", name, ToolCallFields.text(legacy.path("arguments"))));
        }
        return calls;
    }
}
