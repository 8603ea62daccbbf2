package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a plain answer. */
record AnswerReader(JsonAnswer answer, ChatDialect dialect) {

    Completion read() {
        JsonFields tree = ChatErrors.tree(answer);
        if (ChatErrors.in(tree)) {
            throw dialect.failure(answer, tree, answer.response().text(), Phase.BODY);
        }
        JsonFields choice = ChatJson.firstChoice(tree);
        if (!choice.isObject()) {
            throw answer.malformed("no_choices", "the answer has no choices");
        }
        if (choice.at("error").isObject()) {
            throw answer.reported(choice.at("error").raw(), Phase.BODY);
        }
        String reason = choice.string("finish_reason");
        ErrorCategory failure = FinishWords.failure(reason);
        if (failure != null) {
            throw answer.failedFinish(failure, String.valueOf(reason), Phase.BODY);
        }
        OtherFields others = dialect.otherFields();
        others.add(tree, choice, choice.at("message"));
        Completion completion = completion(tree, choice.at("message"), reason, others.extra());
        boolean fine = others.isAnswer() || completion.finishReason().allowsEmpty();
        return fine ? completion : answer.answered(completion);
    }

    private Completion completion(
            JsonFields tree, JsonFields message, @Nullable String reason, Map<String, Object> extra) {
        Words words = Words.of(message);
        List<ToolCall> calls = calls(message);
        boolean refused = !words.refusal().isEmpty();
        return Completion.of(words.text())
                .id(tree.text("id"))
                .model(tree.text("model"))
                .toolCalls(calls)
                .reasoning(words.reasoning())
                .refusal(words.refusal())
                .finish(FinishWords.of(dialect, reason, !calls.isEmpty(), refused), reason)
                .usage(ChatUsage.of(tree))
                .extra(extra);
    }

    private static List<ToolCall> calls(JsonFields message) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonFields call : message.at("tool_calls").items()) {
            String id = call.text("id");
            calls.add(new ToolCall(
                    id.isEmpty() ? "call_" + calls.size() : id,
                    ToolCallFields.name(call),
                    ToolCallFields.arguments(call)));
        }
        // The form before tool calls: one function, without an id.
        JsonFields legacy = message.at("function_call");
        String name = legacy.text("name");
        if (calls.isEmpty() && !name.isEmpty()) {
            calls.add(new ToolCall("call_0", name, ToolCallFields.text(legacy.at("arguments"))));
        }
        return calls;
    }
}
