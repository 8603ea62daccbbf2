package io.aicore.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest extends Fixtures {

    private static String call(String id, String arguments) {
        return "{\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":" + arguments
                + "}}";
    }

    @Test
    void readsAnAnswer() {
        Completion answer = decode(answer(text("Paris."), "COMPLETE"));

        assertThat(answer.id()).isEqualTo("c-1");
        assertThat(answer.model()).isEqualTo("m-1");
        assertThat(answer.text()).isEqualTo("Paris.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.rawFinishReason()).isEqualTo("COMPLETE");
        assertThat(answer.usage()).isEqualTo(new Usage(90, 5, 64, 0, 0));
        assertThat(answer.extra()).isEqualTo(Map.of("billed_units", Map.of("input_tokens", 3, "output_tokens", 4)));
    }

    @Test
    void whatIsChargedForCountsWhereNothingElseIsSaid() {
        String body = answer(text("x"), "COMPLETE");

        assertThat(decode(body.replace("\"tokens\"", "\"other\"")).usage()).isEqualTo(new Usage(3, 4, 64, 0, 0));
        assertThat(decode(body.replace("\"usage\"", "\"other\"")).usage()).isNull();
    }

    @Test
    void readsThinkingPlanAndCitations() {
        Completion answer = decode(answer(
                "\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm \"},{\"type\":\"text\",\"text\":\"Paris\"}],"
                        + "\"tool_plan\":\"I look.\",\"citations\":[" + CITATION + "]",
                "COMPLETE"));

        assertCited(answer);
    }

    @Test
    void readsToolCallsWithoutContent() {
        Completion answer = decode(answer(
                "\"tool_calls\":[" + call("f_1", "\"{\\\"a\\\":1}\"") + "," + call("f_2", "\"null\"") + ","
                        + call("f_3", "\"\"") + "," + call("", "\"{}\"") + "]",
                "TOOL_CALL"));

        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("f_1", "f", "{\"a\":1}"),
                        new ToolCall("f_2", "f", "{}"),
                        new ToolCall("f_3", "f", "{}"),
                        new ToolCall("call_3", "f", "{}"));
        assertThat(answer.text()).isEmpty();
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, STOP",
        "STOP_SEQUENCE, STOP_SEQUENCE",
        "MAX_TOKENS, LENGTH",
        "TOOL_CALL, TOOL_CALLS",
        "OF_TOMORROW, UNKNOWN",
    })
    void knowsWhyItEnded(String word, FinishReason reason) {
        assertThat(decode(answer(text("x"), word)).finishReason()).isEqualTo(reason);
        assertThat(decode(answer(text("x"), word)).rawFinishReason()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, , SERVER_ERROR",
        "TIMEOUT, , TIMEOUT",
        "ERROR, generation failed due to an internal error, SERVER_ERROR",
        "ERROR, the model is overloaded, OVERLOADED",
        "TIMEOUT, too slow, TIMEOUT",
    })
    void anEndByErrorIsAFailureOfTheProvider(String reason, String error, ErrorCategory category) {
        String body = answer(text("half of rate limit"), reason);
        LlmException failure =
                failure(error == null ? body : body.replace("\"usage\"", "\"error\":\"" + error + "\",\"usage\""));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageNotContaining("half");
    }

    @Test
    void anAnswerWithNothingInItIsEmptyUnlessItsLimitExplainsIt() {
        assertThat(failure(answer("\"content\":[]", "COMPLETE")).code()).isEqualTo("empty_completion");
        assertThat(decode(answer("", "MAX_TOKENS")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "\"x\"", "{}", "[]", "{\"message\":null}", "<html>"})
    void aBodyThatIsNoAnswerIsMalformed(String body) {
        assertThat(failure(body).category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure(body).retryable()).isTrue();
        assertThat(failure(body).requestId()).isEqualTo("req-7");
    }
}
