package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one plain answer. */
record CompletionDecoder(JsonAnswer answer) {

    Completion decode() {
        PlainMessage plain = new PlainMessage();
        return plain.fits(answer) ? plain.completion() : readTree();
    }

    private Completion readTree() {
        JsonFields tree = answer.single();
        boolean listed = tree.at("content").isArray();
        if (ErrorsInside.in(tree) || (!listed && ErrorClassifier.complains(tree))) {
            throw ErrorsInside.failure(answer, answer.response().text(), Phase.BODY);
        }
        JsonFields content = tree.at("content");
        // A gateway's own words may stand in a field of the same name.
        boolean message = tree.has("role") || tree.has("stop_reason");
        if (!listed && !(message && (content.isString() || content.isObject()))) {
            throw answer.malformed("no_content", "the answer has no content blocks");
        }
        List<JsonFields> blocks = ChatJson.blocks(content, text -> Blocks.block("text", "text", text));
        boolean thought = blocks.stream().anyMatch(Blocks::isThought);
        boolean others = blocks.stream().anyMatch(block -> Blocks.isSpecial(block) && !Blocks.isThought(block));
        return answer.answered(completion(tree, blocks), thought, others);
    }

    private static Completion completion(JsonFields tree, List<JsonFields> content) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        boolean special = false;
        for (JsonFields block : content) {
            special |= Blocks.isSpecial(block);
            switch (block.text("type")) {
                case "text" -> text.append(ChatJson.text(block.at("text")));
                case "thinking" -> reasoning.append(ChatJson.text(block.at("thinking")));
                case "tool_use" -> calls.add(call(block, calls.size()));
                default -> {
                    // Kept, for the next turn.
                }
            }
        }
        String reason = tree.string("stop_reason");
        FinishReason finish = StopReasons.of(reason, !calls.isEmpty());
        String refusal = StopReasons.refusal(finish, tree);
        boolean nothing = finish == FinishReason.STOP && text.isEmpty() && calls.isEmpty();
        Map<String, Object> extra = Beside.of(tree);
        if (special || nothing) {
            extra.put(Blocks.KEPT, content.stream().map(JsonFields::plain).toList());
        }
        return Completion.of(text.toString())
                .id(tree.text("id"))
                .model(tree.text("model"))
                .toolCalls(calls)
                .reasoning(reasoning.toString())
                .refusal(refusal)
                .finish(finish, reason)
                .usage(UsageReader.of(tree.at("usage")))
                .extra(extra);
    }

    private static ToolCall call(JsonFields block, int position) {
        String id = block.text("id");
        return new ToolCall(
                id.isEmpty() ? "call_" + position : id, block.text("name"), ToolArguments.of(block.at("input")));
    }
}
