package io.aicore.mistral;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one plain answer. */
record AnswerDecoder(JsonAnswer answer) {

    Completion decode() {
        JsonNode tree = answer.tree();
        if (ErrorsInside.in(tree)) {
            throw ErrorsInside.failure(answer, tree, Phase.BODY);
        }
        JsonNode choice = ChatJson.firstChoice(tree);
        if (!choice.isObject()) {
            throw answer.malformed("no_choices", "the answer has no choices");
        }
        String reason = Json.string(choice, "finish_reason");
        if (reason != null && reason.equals(FinishReasons.ERROR)) {
            throw answer.failedFinish(ErrorCategory.SERVER_ERROR, reason, Phase.BODY);
        }
        KeptChunks kept = new KeptChunks();
        kept.add(choice.path("message").path("content"));
        kept.choices(tree.path("choices"));
        Completion completion = completion(tree, choice.path("message"), reason, kept);
        boolean fine = kept.hasOthers() || FinishReasons.explainsEmptiness(completion.finishReason());
        return fine ? completion : answer.answered(completion);
    }

    private static Completion completion(JsonNode tree, JsonNode message, @Nullable String reason, KeptChunks kept) {
        Words words = Words.of(message.path("content"));
        List<ToolCall> calls = calls(message.path("tool_calls"));
        return new Completion(
                Json.text(tree, "id"),
                Json.text(tree, "model"),
                words.text(),
                calls,
                words.reasoning().isEmpty() ? null : words.reasoning(),
                null,
                FinishReasons.of(reason, !calls.isEmpty()),
                reason,
                UsageReader.of(tree),
                null,
                kept.extra());
    }

    private static List<ToolCall> calls(JsonNode array) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : array.isArray() ? array.values() : List.<JsonNode>of()) {
            String id = Json.text(call, "id");
            calls.add(new ToolCall(
                    id.isEmpty() ? "call_" + calls.size() : id,
                    ToolCallFields.name(call),
                    ToolCallFields.arguments(call)));
        }
        return calls;
    }
}
