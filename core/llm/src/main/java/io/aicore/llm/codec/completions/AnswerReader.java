package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
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
        PlainJson plain = plain();
        return plain == null ? readTree() : read(plain);
    }

    /** Null if its tree must be read. */
    private @Nullable PlainJson plain() {
        if (ChatErrors.isAwaited(answer)) {
            return null;
        }
        PlainJson plain = PlainJson.ofAnswer();
        return plain.fits(answer) ? plain : null;
    }

    private Completion read(PlainJson plain) {
        OtherFields others = dialect.otherFields();
        if (!others.addPlain(plain.content(), plain.tier())) {
            return readTree();
        }
        String reason = plain.finishReason();
        requireSuccess(reason);
        Completion.Output output = output(plain.words(), List.of(), others.extra());
        return answered(completion(plain.id(), plain.model(), output, reason, plain.usage()), others);
    }

    private Completion readTree() {
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
        requireSuccess(reason);
        JsonFields message = choice.at("message");
        OtherFields others = dialect.otherFields();
        others.add(tree, choice, message);
        Completion.Output output = output(Words.of(message), calls(message), others.extra());
        return answered(completion(tree.text("id"), tree.text("model"), output, reason, ChatUsage.of(tree)), others);
    }

    private void requireSuccess(@Nullable String reason) {
        ErrorCategory failure = FinishWords.failure(reason);
        if (failure != null) {
            throw answer.failedFinish(failure, String.valueOf(reason), Phase.BODY);
        }
    }

    private static Completion.Output output(Words words, List<ToolCall> calls, Map<String, Object> extra) {
        return new Completion.Output(words.text(), calls, words.reasoning(), words.refusal(), extra);
    }

    private Completion completion(
            String id, String model, Completion.Output output, @Nullable String reason, @Nullable Usage usage) {
        FinishReason finish =
                FinishWords.of(dialect, reason, !output.toolCalls().isEmpty(), output.refusal() != null);
        return new Completion(id, model, output, new Completion.Finish(finish, reason), usage, null);
    }

    private Completion answered(Completion completion, OtherFields others) {
        boolean fine = others.isAnswer() || completion.finishReason().allowsEmpty();
        return fine ? completion : answer.answered(completion);
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
