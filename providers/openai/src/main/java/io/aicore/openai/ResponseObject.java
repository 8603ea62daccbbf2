package io.aicore.openai;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.completions.ChatErrors;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A response of the Responses API, as an answer or in an event of a stream. */
record ResponseObject(JsonFields tree, CallerTools tools) {

    static final String OBJECT = "response";
    static final String COMPLETED = "completed";

    private static final List<String> BESIDE = List.of("service_tier", "moderation");
    private static final Set<String> UNDER_WAY = Set.of("queued", "in_progress");

    @Nullable
    String id() {
        String id = tree.string("id");
        return id == null || id.isEmpty() ? null : id;
    }

    @Nullable
    String model() {
        return tree.string("model");
    }

    String status() {
        return tree.text("status");
    }

    /** Whether the provider still works on it. */
    boolean underWay() {
        return UNDER_WAY.contains(status());
    }

    Output output() {
        return Output.of(tree.at("output"), tools);
    }

    boolean hasOutput() {
        return tree.at("output").isContainer();
    }

    /** Whether the provider keeps it, so that items may be named by their id alone. */
    boolean stored() {
        return tree.isTrue("store");
    }

    /** The provider's word for why it ended. */
    String reason() {
        String reason = tree.string("incomplete_details", "reason");
        return reason == null ? status() : reason;
    }

    /** Why it ended: the protocol has no word for it but the status and what came. */
    FinishReason finish(boolean calls, boolean refusal) {
        return switch (reason()) {
            case "max_output_tokens", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            case "cancelled" -> FinishReason.CANCELLED;
            case COMPLETED -> completed(calls, refusal);
            case "" -> calls ? FinishReason.TOOL_CALLS : FinishReason.UNKNOWN;
            default -> FinishReason.UNKNOWN;
        };
    }

    /** Why it ended where nothing has cut it short. */
    static FinishReason completed(boolean calls, boolean refusal) {
        return calls ? FinishReason.TOOL_CALLS : refusal ? FinishReason.REFUSAL : FinishReason.STOP;
    }

    /** Whether it may end so without any content. */
    static boolean explainsEmptiness(FinishReason finish) {
        return finish == FinishReason.CANCELLED || finish.allowsEmpty();
    }

    /** What it failed with, as the HTTP error that it stands for; null if it did not fail. */
    @Nullable
    LlmException failure(JsonAnswer answer, Phase phase) {
        JsonFields error = tree.at("error");
        boolean response = OBJECT.equals(tree.string("object"));
        if (response && error.isContainer() && !error.isEmpty()) {
            // Alone: what else is in a response repeats the request.
            String alone = "{\"error\":" + error.raw() + "}";
            return answer.reported(alone, phase);
        }
        if (status().equals("failed")) {
            return answer.failedFinish(ErrorCategory.SERVER_ERROR, "failed", phase);
        }
        return !response && ChatErrors.in(tree) ? answer.reported(tree.raw(), phase) : null;
    }

    Map<String, Object> extra() {
        return extra(output());
    }

    /** What is kept of these items, and what the response says beside them. */
    Map<String, Object> extra(Output all) {
        Map<String, Object> extra = new LinkedHashMap<>(all.extra(stored()));
        extra.putAll(tree.present(BESIDE));
        return extra;
    }
}
