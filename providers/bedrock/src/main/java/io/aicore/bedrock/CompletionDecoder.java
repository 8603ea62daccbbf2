package io.aicore.bedrock;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads one plain answer. */
record CompletionDecoder(JsonAnswer answer) {

    Completion decode() {
        JsonNode tree = answer.single(Failures::inside);
        JsonNode content = Json.at(tree, "output", "message", "content");
        if (!content.isArray()) {
            throw answer.malformed("no_content", "the answer has no content blocks");
        }
        List<JsonNode> blocks = Json.elements(content);
        boolean thought = blocks.stream().anyMatch(Blocks::isThought);
        boolean others = blocks.stream().anyMatch(block -> Blocks.isSpecial(block) && !Blocks.isThought(block));
        return answer.answered(completion(tree, content), thought, others);
    }

    private Completion completion(JsonNode tree, JsonNode content) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        boolean special = false;
        for (JsonNode block : content.values()) {
            special |= Blocks.isSpecial(block);
            text.append(Blocks.text(block));
            reasoning.append(Blocks.reasoning(block));
            if (Blocks.isCall(block)) {
                calls.add(call(block.path("toolUse"), calls.size()));
            }
        }
        String reason = Json.string(tree, "stopReason");
        FinishReason finish = StopReasons.of(reason);
        boolean nothing = finish == FinishReason.STOP && text.isEmpty() && calls.isEmpty();
        Map<String, Object> extra = Beside.of(tree);
        Object blocks = special || nothing ? Json.plain(content) : null;
        if (blocks != null) {
            extra.put(Blocks.KEPT, blocks);
        }
        return new Completion(
                "",
                Blocks.servedBy(tree, answer.model()),
                text.toString(),
                calls,
                reasoning.isEmpty() ? null : reasoning.toString(),
                null,
                finish,
                reason,
                UsageReader.of(tree.path("usage")),
                null,
                extra);
    }

    private static ToolCall call(JsonNode use, int position) {
        String id = Json.text(use, "toolUseId");
        return new ToolCall(
                id.isEmpty() ? "call_" + position : id, Json.text(use, "name"), ToolArguments.of(use.path("input")));
    }
}
