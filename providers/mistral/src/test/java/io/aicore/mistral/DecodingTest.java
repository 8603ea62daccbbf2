package io.aicore.mistral;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest extends Fixtures {

    @Test
    void readsAnAnswer() {
        Completion answer =
                decode(answer("{\"role\":\"assistant\",\"tool_calls\":null,\"content\":\"Paris.\"}", "\"stop\""));

        assertThat(answer.id()).isEqualTo("cmpl-1");
        assertThat(answer.model()).isEqualTo("m-1-dated");
        assertThat(answer.text()).isEqualTo("Paris.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.rawFinishReason()).isEqualTo("stop");
        assertThat(answer.usage()).isEqualTo(new Usage(9, 4, 2, 0, 0));
        assertThat(answer.reasoning()).isNull();
        assertThat(answer.extra()).isEmpty();
    }

    @Test
    void readsChunksByWhatTheyAre() {
        Completion answer = decode(answer(
                "{\"content\":[" + thinking("the capital", true)
                        + ",{\"type\":\"text\",\"text\":\"Paris\"},{\"type\":\"reference\",\"reference_ids\":[3]},"
                        + "{\"type\":\"text\",\"text\":\".\"}]}",
                "\"stop\""));

        assertThat(answer.text()).isEqualTo("Paris.");
        assertThat(answer.reasoning()).isEqualTo("the capital");
        assertThat(answer.extra().get("mistral_content"))
                .isEqualTo(List.of(
                        thought("the capital"),
                        Map.of("type", "text", "text", "Paris"),
                        Map.of("type", "reference", "reference_ids", List.of(3)),
                        Map.of("type", "text", "text", ".")));
    }

    @Test
    void textInChunksNeedsNoKeeping() {
        Completion answer = decode(answer("{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}", "\"stop\""));

        assertThat(answer.text()).isEqualTo("a");
        assertThat(answer.extra()).isEmpty();
    }

    @Test
    void readsToolCalls() {
        Completion answer = decode(answer(
                "{\"content\":\"\",\"tool_calls\":["
                        + "{\"id\":\"a1B2c3D4e\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},\"index\":0},"
                        + "{\"function\":{\"name\":\"g\",\"arguments\":{\"x\":1}},\"index\":1}]}",
                "\"tool_calls\""));

        assertThat(answer.toolCalls())
                .containsExactly(new ToolCall("a1B2c3D4e", "f", "{}"), new ToolCall("call_1", "g", "{\"x\":1}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "length, LENGTH",
        "model_length, CONTEXT_WINDOW",
        "tool_calls, TOOL_CALLS",
        "of_tomorrow, UNKNOWN",
    })
    void knowsWhyItEnded(String word, FinishReason reason) {
        Completion answer = decode(answer("{\"content\":\"x\"}", "\"" + word + "\""));

        assertThat(answer.finishReason()).isEqualTo(reason);
        assertThat(answer.rawFinishReason()).isEqualTo(word);
    }

    @Test
    void anEndByErrorIsAFailureOfTheProvider() {
        LlmException failure = failure(answer("{\"content\":\"half\"}", "\"error\""));

        assertThat(failure.category()).isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageNotContaining("half");
    }

    @Test
    void anAnswerWithNothingInItIsEmptyUnlessItsLimitExplainsIt() {
        assertThat(failure(answer("{\"content\":\"\"}", "\"stop\"")).code()).isEqualTo("empty_completion");
        assertThat(decode(answer("{\"content\":\"\"}", "\"length\"")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "\"x\"", "{}", "{\"choices\":[]}", "{\"choices\":null}", "<html>"})
    void aBodyThatIsNoAnswerIsMalformed(String body) {
        assertThat(failure(body).category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure(body).retryable()).isTrue();
        assertThat(failure(body).requestId()).isEqualTo("req-7");
    }

    @Test
    void anErrorNamesItsRequest() {
        assertThat(codec().classify(REQUEST, response(500, "{}")).requestId()).isEqualTo("req-7");
    }

    @Test
    void ofSeveralChoicesTheFirstIsRead() {
        String body = "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"b\"}},"
                + "{\"index\":0,\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";

        assertThat(decode(body).text()).isEqualTo("a");
        assertThat(decode(body).usage()).isNull();
    }
}
