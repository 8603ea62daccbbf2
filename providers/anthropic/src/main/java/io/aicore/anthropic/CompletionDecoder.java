package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one plain answer. */
record CompletionDecoder(ErrorClassifier errors, @Nullable String model, WireResponse response) {

    Completion decode() {
        JsonNode tree = tree();
        if (ErrorsInside.in(tree)) {
            throw ErrorsInside.failure(errors, model, response, response.text(), Phase.BODY);
        }
        if (!tree.path("content").isArray()) {
            if (ErrorClassifier.complains(tree)) {
                throw ErrorsInside.failure(errors, model, response, response.text(), Phase.BODY);
            }
            throw errors.malformed(model, response, "no_content", "the answer has no content blocks");
        }
        Completion completion = completion(tree);
        boolean others = completion.extra().containsKey(Blocks.KEPT);
        if (completion.isEmpty() && !others && !StopReasons.explainsEmptiness(completion.finishReason())) {
            throw errors.empty(model, response);
        }
        return completion;
    }

    private JsonNode tree() {
        JsonNode tree;
        try {
            tree = Json.read(response.body());
        } catch (MalformedJsonException e) {
            throw errors.malformed(model, response, "not_json", "the answer is " + e.getMessage());
        }
        if (!tree.isObject()) {
            throw errors.malformed(
                    model,
                    response,
                    "not_json",
                    tree.isMissingNode() ? "the answer has no body" : "the answer is no object");
        }
        return tree;
    }

    private static Completion completion(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        boolean special = false;
        for (JsonNode block : tree.path("content").values()) {
            special |= Blocks.isSpecial(block);
            switch (orEmpty(block, "type")) {
                case "text" -> text.append(orEmpty(block, "text"));
                case "thinking" -> reasoning.append(orEmpty(block, "thinking"));
                case "tool_use" -> calls.add(call(block, calls.size()));
                default -> {
                    // Kept, for the next turn.
                }
            }
        }
        String reason = Json.string(tree, "stop_reason");
        FinishReason finish = StopReasons.of(reason);
        String refusal = StopReasons.refusal(finish, tree);
        // That the model has nothing to say is an answer: its blocks, of which there are none.
        boolean nothing = finish == FinishReason.STOP && text.isEmpty() && calls.isEmpty();
        Map<String, Object> extra = Beside.of(tree);
        Object blocks = special || nothing ? Json.plain(tree.path("content")) : null;
        if (blocks != null) {
            extra.put(Blocks.KEPT, blocks);
        }
        return new Completion(
                orEmpty(tree, "id"),
                orEmpty(tree, "model"),
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
        String id = orEmpty(block, "id");
        JsonNode input = block.path("input");
        return new ToolCall(
                id.isEmpty() ? "call_" + position : id,
                orEmpty(block, "name"),
                input.isMissingNode() || input.isNull() ? "{}" : Json.write(input));
    }

    private static String orEmpty(JsonNode node, String name) {
        String value = Json.string(node, name);
        return value == null ? "" : value;
    }
}
