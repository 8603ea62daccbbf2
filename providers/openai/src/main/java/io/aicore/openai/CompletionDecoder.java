package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one plain answer. */
record CompletionDecoder(ErrorClassifier errors, @Nullable String model, WireResponse response) {

    Completion decode() {
        JsonNode tree = new PlainAnswer(errors, model, response).tree();
        JsonNode choice = ChatJson.firstChoice(tree);
        if (!choice.isObject()) {
            throw errors.malformed(model, response, "no_choices", "the answer has no choices");
        }
        if (choice.path("error").isObject()) {
            throw errors.inStream(model, response, Json.write(choice.path("error")), Phase.BODY);
        }
        String reason = Json.string(choice, "finish_reason");
        ErrorCategory failure = FinishReasons.failure(reason);
        if (failure != null) {
            throw errors.failedFinish(model, response, failure, Objects.requireNonNull(reason), Phase.BODY);
        }
        Beside beside = new Beside();
        beside.add(tree, choice, choice.path("message"));
        Completion completion = completion(tree, choice, reason, beside.extra());
        boolean fine = beside.hasMedia() || FinishReasons.explainsEmptiness(completion.finishReason());
        return fine ? completion : errors.answered(model, response, completion);
    }

    private Completion completion(JsonNode tree, JsonNode choice, @Nullable String reason, Map<String, Object> extra) {
        JsonNode message = choice.path("message");
        Parts parts = Parts.of(message);
        List<ToolCall> calls = calls(message);
        FinishReason finish =
                FinishReasons.of(reason, !calls.isEmpty(), !parts.refusal().isEmpty());
        return new Completion(
                orEmpty(Json.string(tree, "id")),
                orEmpty(Json.string(tree, "model")),
                parts.text(),
                calls,
                parts.reasoning().isEmpty() ? null : parts.reasoning(),
                parts.refusal().isEmpty() ? null : parts.refusal(),
                finish,
                reason,
                UsageReader.of(tree),
                null,
                extra);
    }

    private static List<ToolCall> calls(JsonNode message) {
        List<ToolCall> calls = new ArrayList<>();
        JsonNode array = message.path("tool_calls");
        for (JsonNode call : array.isArray() ? array.values() : List.<JsonNode>of()) {
            String id = orEmpty(Json.string(call, "id"));
            calls.add(new ToolCall(
                    id.isEmpty() ? "call_" + calls.size() : id,
                    ToolCallFields.name(call),
                    ToolCallFields.arguments(call)));
        }
        // The form before tool calls: one function, without an id.
        JsonNode legacy = message.path("function_call");
        String name = Json.text(legacy, "name");
        if (calls.isEmpty() && !name.isEmpty()) {
            calls.add(new ToolCall("call_0", name, ToolCallFields.text(legacy.path("arguments"))));
        }
        return calls;
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
