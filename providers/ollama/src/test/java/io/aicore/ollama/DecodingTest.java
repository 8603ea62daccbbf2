package io.aicore.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest extends Fixtures {

    @Test
    void readsAnAnswer() {
        Completion answer = decode(done("\"thinking\":\"because\"," + text("Hello"), "stop"));

        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(answer.reasoning()).isEqualTo("because");
        assertThat(answer.id()).isEmpty();
        assertThat(answer.model()).isEqualTo("llama3.2:3b");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.rawFinishReason()).isEqualTo("stop");
        assertThat(answer.usage()).isEqualTo(Usage.of(7, 4));
        assertJson(
                encode(REQUEST.toBuilder().message(answer.message()))
                        .at("messages")
                        .at(1),
                "{\"role\":\"assistant\",\"content\":\"Hello\",\"thinking\":\"because\"}");
    }

    @Test
    void toolCallsGetIdsThatStayAndDiffer() {
        String body = done(calls(CALL, CALL, "{\"function\":{\"name\":\"now\"}}"), "stop");
        Completion answer = decode(body);

        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.rawFinishReason()).isEqualTo("stop");
        assertThat(answer.toolCalls())
                .extracting(ToolCall::name, ToolCall::arguments)
                .containsExactly(
                        tuple("weather", "{\"city\":\"Bern\"}"),
                        tuple("weather", "{\"city\":\"Bern\"}"),
                        tuple("now", "{}"));
        assertThat(answer.toolCalls()).extracting(ToolCall::id).doesNotHaveDuplicates();
        assertThat(decode(body).toolCalls()).isEqualTo(answer.toolCalls());
        assertThat(decode(body.replace("00.25Z", "09.75Z")).toolCalls())
                .extracting(ToolCall::id)
                .doesNotContainAnyElementsOf(
                        answer.toolCalls().stream().map(ToolCall::id).toList());
    }

    @Test
    void aConversationGoesOnAfterToolCalls() {
        Completion answer = decode(done(calls(CALL, "{\"id\":\"given\",\"function\":{\"name\":\"now\"}}"), "stop"));
        var messages = encode(REQUEST.toBuilder()
                        .message(answer.message())
                        .message(Message.tool(answer.toolCalls().get(1).id(), "noon"))
                        .message(Message.tool(answer.toolCalls().get(0).id(), "15 C")))
                .at("messages");

        assertThat(answer.toolCalls().get(1).id()).isEqualTo("given");
        assertThat(messages.at(2).at("tool_name").text()).isEqualTo("now");
        assertThat(messages.at(3).at("tool_name").text()).isEqualTo("weather");
        assertThat(messages.at(3).at("tool_call_id"))
                .isEqualTo(messages.at(1).at("tool_calls").at(0).at("id"));
    }

    @ParameterizedTest
    @CsvSource({"stop, STOP", "length, LENGTH", "unload, UNKNOWN", "load, UNKNOWN", "of_tomorrow, UNKNOWN"})
    void knowsWhyItEnded(String word, FinishReason reason) {
        Completion answer = decode(done(text("x"), word));

        assertThat(answer.finishReason()).isEqualTo(reason);
        assertThat(answer.rawFinishReason()).isEqualTo(word);
    }

    @Test
    void missingFieldsAreNoFailure() {
        Completion answer = decode("{\"message\":{\"content\":\"x\",\"tool_calls\":null},\"done\":true,\"new\":[]}");

        assertThat(answer.finishReason()).isEqualTo(FinishReason.UNKNOWN);
        assertThat(answer.rawFinishReason()).isNull();
        assertThat(answer.usage()).isNull();
        assertThat(answer.model()).isEmpty();
    }

    @Test
    void countsThatAreLeftOutAreZero() {
        assertThat(decode(done(text("x"), "stop").replace("\"prompt_eval_count\":7,", ""))
                        .usage())
                .isEqualTo(Usage.of(0, 4));
        assertThat(decode(done(text("x"), "stop").replace(",\"eval_count\":4", ""))
                        .usage())
                .isEqualTo(Usage.of(7, 0));
    }

    @Test
    void theTokenLimitExplainsAnEmptyAnswer() {
        assertThat(decode(done(text(""), "length")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "load", "unload"})
    void othersDoNot(String reason) {
        LlmException failure = failure(done(text(""), reason));

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | not_json",
                "{\"message\":{\"te    | not_json",
                "<html>busy</html>     | not_json",
                "[]                    | no_message",
                "{}                    | no_message",
                "{\"message\":\"x\"}   | no_message",
            })
    void whatNobodyCanReadMayBeRetried(String body, String code) {
        LlmException failure = failure(body);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void theBeginningOfAStreamIsNoAnswer() {
        assertThat(failure(line(text("Hel"))).code()).isEqualTo("not_done");
    }

    @Test
    void anErrorInsideA200IsAnError() {
        assertThat(failure(error("model 'x' not found")).category()).isEqualTo(ErrorCategory.NOT_FOUND);
        assertThat(failure("{\"error\":{\"message\":\"upstream gone\",\"code\":502}}")
                        .retryable())
                .isTrue();
    }
}
