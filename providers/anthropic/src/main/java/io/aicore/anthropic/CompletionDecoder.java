package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads one plain answer. */
record CompletionDecoder(JsonAnswer answer) {

    Completion decode() {
        JsonNode tree = answer.single();
        boolean listed = tree.path("content").isArray();
        if (ErrorsInside.in(tree) || (!listed && ErrorClassifier.complains(tree))) {
            throw ErrorsInside.failure(answer, answer.response().text(), Phase.BODY);
        }
        if (!listed) {
            throw answer.malformed("no_content", "the answer has no content blocks");
        }
        List<JsonNode> blocks = Json.elements(tree.path("content"));
        boolean thought = blocks.stream().anyMatch(Blocks::isThought);
        boolean others = blocks.stream().anyMatch(block -> Blocks.isSpecial(block) && !Blocks.isThought(block));
        return answer.answered(completion(tree), thought, others);
    }

    private static Completion completion(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        boolean special = false;
        for (JsonNode block : tree.path("content").values()) {
            special |= Blocks.isSpecial(block);
            switch (Json.text(block, "type")) {
                case "text" -> text.append(Json.text(block, "text"));
                case "thinking" -> reasoning.append(Json.text(block, "thinking"));
                case "tool_use" -> calls.add(call(block, calls.size()));
                default -> {
                    // Kept, for the next turn.
                }
            }
        }
        String reason = Json.string(tree, "stop_reason");
        FinishReason finish = StopReasons.of(reason);
        String refusal = StopReasons.refusal(finish, tree);
        boolean nothing = finish == FinishReason.STOP && text.isEmpty() && calls.isEmpty();
        Map<String, Object> extra = Beside.of(tree);
        Object blocks = special || nothing ? Json.plain(tree.path("content")) : null;
        if (blocks != null) {
            extra.put(Blocks.KEPT, blocks);
        }
        return new Completion(
                Json.text(tree, "id"),
                Json.text(tree, "model"),
                text.toString(),
                calls,
                reasoning.isEmpty() ? null : reasoning.toString(),
                refusal.isEmpty() ? null : refusal,
                finish,
                reason,
                UsageReader.of(tree.path("usage")),
                null,
                extra);
    }

    private static ToolCall call(JsonNode block, int position) {
        String id = Json.text(block, "id");
        return new ToolCall(
                id.isEmpty() ? "call_" + position : id,
                Json.text(block, "name"),
                ToolArguments.of(block.path("input")));
    }
}
