package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one whole response. */
record ResponsesDecoder(PlainAnswer answer, CallerTools tools) {

    Completion decode() {
        ResponseObject response = new ResponseObject(answer.json(), tools);
        LlmException failure = response.failure(answer.errors(), answer.model(), answer.response(), Phase.BODY);
        if (failure != null) {
            throw failure;
        }
        if (response.underWay()) {
            // Nobody waits for it but the caller who asked for it in the background. Asking again would begin it anew.
            throw LlmException.of(answer.malformed("not_finished", "the answer is " + response.status() + " still")
                    .details()
                    .retryable(false));
        }
        if (!response.hasOutput()) {
            throw answer.malformed("no_output", "the answer has no output");
        }
        Output output = response.output();
        List<ToolCall> calls = output.calls();
        String refusal = output.refusal();
        FinishReason finish = response.finish(!calls.isEmpty(), !refusal.isEmpty());
        Completion completion = new Completion(
                orEmpty(response.id()),
                orEmpty(response.model()),
                output.text(),
                calls,
                orNull(output.reasoning()),
                orNull(refusal),
                finish,
                response.reason(),
                UsageReader.of(response.tree()),
                null,
                response.extra());
        boolean fine = output.hasOthers() || ResponseObject.explainsEmptiness(finish);
        return fine ? completion : answer.errors().answered(answer.model(), answer.response(), completion);
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }
}
