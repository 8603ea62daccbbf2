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
        PlainAnswer plain = new PlainAnswer();
        return plain.fits(answer) ? plain.completion(answer.model() == null ? "" : answer.model()) : readTree();
    }

    private Completion readTree() {
        JsonFields tree = answer.single();
        Ending ending = new Ending(tree);
        ending.requireSuccess(answer, Phase.BODY);
        if (CohereCodec.isError(tree)) {
            throw answer.reported(answer.response().text(), Phase.BODY);
        }
        if (!tree.at("message").isObject()) {
            throw answer.malformed("no_message", "the answer has no message");
        }
        Completion completion = completion(tree, ending);
        return completion.finishReason().allowsEmpty() ? completion : answer.answered(completion);
    }

    private Completion completion(JsonFields tree, Ending ending) {
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
        kept.list(KeptFields.CITATIONS, message);
        kept.list(KeptFields.PROBABILITIES, tree);
        kept.billed(tree.at("usage"));
        List<ToolCall> calls = calls(message.at("tool_calls"));
        return Completion.of(text.toString())
                .id(tree.text("id"))
                .model(answer.model() == null ? "" : answer.model())
                .toolCalls(calls)
                .reasoning(reasoning.toString())
                .finish(ending.finish(!calls.isEmpty()), ending.reason())
                .usage(ending.usage())
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
