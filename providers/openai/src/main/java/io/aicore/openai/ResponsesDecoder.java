package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.completions.ChatErrors;
import io.aicore.llm.codec.completions.ChatUsage;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.List;

/** Reads one whole response. */
record ResponsesDecoder(JsonAnswer answer, CallerTools tools) {

    Completion decode() {
        PlainResponse plain = new PlainResponse();
        return plain.fits(answer) ? plain.completion() : readTree();
    }

    private Completion readTree() {
        ResponseObject response = new ResponseObject(ChatErrors.tree(answer), tools);
        LlmException failure = response.failure(answer, Phase.BODY);
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
        Completion completion = Completion.of(output.text())
                .id(response.tree().text("id"))
                .model(response.tree().text("model"))
                .toolCalls(calls)
                .reasoning(output.reasoning())
                .refusal(refusal)
                .finish(finish, response.reason())
                .usage(ChatUsage.of(response.tree()))
                .extra(response.extra());
        boolean fine = output.hasOthers() || ResponseObject.explainsEmptiness(finish);
        return fine ? completion : answer.answered(completion);
    }
}
