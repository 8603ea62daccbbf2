package io.aicore.bedrock;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.FinishTable;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one plain answer. */
record CompletionDecoder(JsonAnswer answer) {

    static final FinishTable STOP_REASONS = new FinishTable(Map.of(
            "end_turn", FinishReason.STOP,
            "stop_sequence", FinishReason.STOP_SEQUENCE,
            "max_tokens", FinishReason.LENGTH,
            "model_context_window_exceeded", FinishReason.CONTEXT_WINDOW,
            "tool_use", FinishReason.TOOL_CALLS,
            "guardrail_intervened", FinishReason.CONTENT_FILTER,
            "content_filtered", FinishReason.CONTENT_FILTER,
            "malformed_tool_use", FinishReason.MALFORMED_TOOL_CALL,
            "malformed_model_output", FinishReason.MALFORMED_TOOL_CALL));

    Completion decode() {
        PlainMessage plain = new PlainMessage();
        return plain.fits(answer) ? plain.completion(answer.model() == null ? "" : answer.model()) : readTree();
    }

    private Completion readTree() {
        JsonFields tree = answer.single(Failures::inside);
        JsonFields content = tree.at("output", "message", "content");
        if (!content.isContainer() && !content.isString()) {
            throw answer.malformed("no_content", "the answer has no content blocks");
        }
        List<JsonFields> blocks = ChatJson.blocks(content, text -> Blocks.block("text", text));
        boolean thought = blocks.stream().anyMatch(Blocks::isThought);
        boolean others = blocks.stream().anyMatch(block -> Blocks.isSpecial(block) && !Blocks.isThought(block));
        return answer.answered(completion(tree, blocks), thought, others);
    }

    private Completion completion(JsonFields tree, List<JsonFields> content) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        boolean special = false;
        for (JsonFields block : content) {
            special |= Blocks.isSpecial(block);
            text.append(Blocks.text(block));
            reasoning.append(Blocks.reasoning(block));
            if (Blocks.isCall(block)) {
                calls.add(call(block.at("toolUse"), calls.size()));
            }
        }
        String reason = tree.string("stopReason");
        FinishReason finish = STOP_REASONS.of(reason, !calls.isEmpty());
        boolean nothing = finish == FinishReason.STOP && text.isEmpty() && calls.isEmpty();
        Map<String, Object> extra = Beside.of(tree);
        if (special || nothing) {
            extra.put(Blocks.KEPT, content.stream().map(JsonFields::plain).toList());
        }
        return Completion.of(text.toString())
                .model(Blocks.servedBy(tree, answer.model()))
                .toolCalls(calls)
                .reasoning(reasoning.toString())
                .finish(finish, reason)
                .usage(UsageReader.of(tree.at("usage")))
                .extra(extra);
    }

    private static ToolCall call(JsonFields use, int position) {
        String id = use.text("toolUseId");
        return new ToolCall(
                id.isEmpty() ? "call_" + position : id, use.text("name"), ToolArguments.of(use.at("input")));
    }
}
