package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.completions.ChatErrors;
import io.aicore.llm.codec.completions.ChatUsage;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one whole response. */
record ResponsesDecoder(JsonAnswer answer, CallerTools tools) {

    Completion decode() {
        PlainResponse text = PlainResponse.ofText();
        if (text.fits(answer)) {
            return text.completion();
        }
        PlainResponse items = PlainResponse.ofItems();
        return items.fits(answer) ? completion(items) : readTree();
    }

    private Completion completion(PlainResponse plain) {
        Output output = Output.of(plain.items(), tools);
        List<ToolCall> calls = output.calls();
        String refusal = output.refusal();
        FinishReason finish = ResponseObject.completed(!calls.isEmpty(), !refusal.isEmpty());
        Map<String, Object> extra = new LinkedHashMap<>(output.extra(plain.stored()));
        extra.putAll(plain.beside());
        Completion completion = plain.completion(
                new Completion.Output(output.text(), calls, output.reasoning(), refusal, extra), finish);
        return output.hasOthers() ? completion : answer.answered(completion);
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
