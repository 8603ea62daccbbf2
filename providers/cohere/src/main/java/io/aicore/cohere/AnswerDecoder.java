package io.aicore.cohere;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;

/** Reads one plain answer. */
record AnswerDecoder(JsonAnswer answer) {

    Completion decode() {
        JsonFields tree = answer.single();
        String reason = tree.text("finish_reason");
        if (FinishReasons.isFailure(reason)) {
            throw Failures.ended(answer, tree, reason, Phase.BODY);
        }
        if (Failures.isError(tree)) {
            throw answer.reported(answer.response().text(), Phase.BODY);
        }
        if (!tree.at("message").isObject()) {
            throw answer.malformed("no_message", "the answer has no message");
        }
        Completion completion = completion(tree, reason);
        return completion.finishReason().allowsEmpty() ? completion : answer.answered(completion);
    }

    private Completion completion(JsonFields tree, String reason) {
        JsonFields message = tree.at("message");
        JsonFields content = message.at("content");
        KeptFields kept = new KeptFields();
        StringBuilder text = new StringBuilder(content.isString() ? content.text() : "");
        StringBuilder reasoning = new StringBuilder();
        int index = 0;
        for (JsonFields block : content.items()) {
            String words = kept.block(index++, block);
            (kept.isText() ? text : reasoning).append(words);
        }
        String plan = message.text(KeptFields.PLAN);
        reasoning.append(plan);
        kept.plan(plan);
        kept.citations(message.at(KeptFields.CITATIONS));
        kept.billed(tree.at("usage"));
        kept.probabilities(tree.at(KeptFields.PROBABILITIES));
        List<ToolCall> calls = calls(message.at("tool_calls"));
        return Completion.of(text.toString())
                .id(tree.text("id"))
                .model(answer.model() == null ? "" : answer.model())
                .toolCalls(calls)
                .reasoning(reasoning.toString())
                .finish(FinishReasons.of(reason, !calls.isEmpty()), reason.isEmpty() ? null : reason)
                .usage(UsageReader.of(tree.at("usage")))
                .extra(kept.extra());
    }

    private static List<ToolCall> calls(JsonFields array) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonFields call : array.items()) {
            String id = call.text("id");
            calls.add(new ToolCall(
                    id.isEmpty() ? "call_" + calls.size() : id,
                    ToolCallFields.name(call),
                    StreamedCall.whole(ToolCallFields.arguments(call))));
        }
        return calls;
    }
}
