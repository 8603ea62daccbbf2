package io.aicore.cohere;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads one plain answer. */
record AnswerDecoder(JsonAnswer answer) {

    Completion decode() {
        JsonNode tree = answer.single();
        String reason = Json.text(tree, "finish_reason");
        if (FinishReasons.isFailure(reason)) {
            throw Failures.ended(answer, tree, reason, Phase.BODY);
        }
        if (Failures.isError(tree)) {
            throw answer.reported(answer.response().text(), Phase.BODY);
        }
        if (!tree.path("message").isObject()) {
            throw answer.malformed("no_message", "the answer has no message");
        }
        Completion completion = completion(tree, reason);
        return completion.finishReason().allowsEmpty() ? completion : answer.answered(completion);
    }

    private Completion completion(JsonNode tree, String reason) {
        JsonNode message = tree.path("message");
        JsonNode content = message.path("content");
        KeptFields kept = new KeptFields();
        StringBuilder text = new StringBuilder(content.isString() ? content.stringValue() : "");
        StringBuilder reasoning = new StringBuilder();
        int index = 0;
        for (JsonNode block : Json.elements(content)) {
            String words = kept.block(index++, block);
            (kept.isText() ? text : reasoning).append(words);
        }
        String plan = Json.text(message, KeptFields.PLAN);
        reasoning.append(plan);
        kept.plan(plan);
        kept.citations(message.path(KeptFields.CITATIONS));
        kept.billed(tree.path("usage"));
        kept.probabilities(tree.path(KeptFields.PROBABILITIES));
        return new Completion(
                Json.text(tree, "id"),
                answer.model() == null ? "" : answer.model(),
                text.toString(),
                calls(message.path("tool_calls")),
                reasoning.isEmpty() ? null : reasoning.toString(),
                null,
                FinishReasons.of(reason),
                reason.isEmpty() ? null : reason,
                UsageReader.of(tree.path("usage")),
                null,
                kept.extra());
    }

    private static List<ToolCall> calls(JsonNode array) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : Json.elements(array)) {
            String id = Json.text(call, "id");
            calls.add(new ToolCall(
                    id.isEmpty() ? "call_" + calls.size() : id,
                    ToolCallFields.name(call),
                    StreamedCall.whole(ToolCallFields.arguments(call))));
        }
        return calls;
    }
}
