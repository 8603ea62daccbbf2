package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream ends: with an answer, without one, or with an error. */
class StreamEndTest extends Fixtures {

    @Test
    void aStreamWithNeitherFinishReasonNorTerminatorIsIncomplete() {
        StreamDecoder cut = decoder("openai");
        feed(cut, delta("{\"content\":\"x\"}"));
        StreamDecoder silent = decoder("openai");

        for (StreamDecoder decoder : List.of(cut, silent)) {
            LlmException failure = catchThrowableOfType(LlmException.class, decoder::end);
            assertThat(failure).isInstanceOf(IncompleteStreamException.class);
            assertThat(failure.retryable()).isTrue();
            assertThat(decoder.ended()).isFalse();
        }
    }

    @Test
    void aFinishReasonAndTheBodysEndAreAnEndWithoutTheTerminator() {
        StreamDecoder decoder = decoder("openai");
        feed(decoder, delta("{\"content\":\"x\"}"), finish("stop"));

        assertThat(decoder.end()).isEmpty();
        assertThat(decoder.ended()).isTrue();
    }

    @Test
    void aHostMayBeHeldToItsTerminator() {
        ChatCompletions codec =
                new ChatCompletions(JsonEndpoint.of("local", "/x", Map.of()), Dialect.COMMON.terminator(true));
        StreamDecoder decoder = codec.streamDecoder(REQUEST, response(200, ""));
        feed(decoder, delta("{\"content\":\"x\"}"), finish("stop"));

        assertThat(catchThrowableOfType(IncompleteStreamException.class, decoder::end))
                .hasMessageContaining("option terminator");
    }

    @Test
    void usageBehindTheFinishReasonIsReadWithoutTheTerminator() {
        StreamDecoder decoder = decoder("openai");
        feed(decoder, delta("{\"content\":\"x\"}"), finish("stop"));

        List<CompletionChunk> last = decoder.decode(new WireEvent(
                null, "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}"));

        assertThat(last)
                .singleElement()
                .satisfies(chunk -> assertThat(Objects.requireNonNull(
                                        Objects.requireNonNull(chunk.info()).usage())
                                .outputTokens())
                        .isEqualTo(2));
        assertThat(decoder.end()).isEmpty();
    }

    @Test
    void anEmptyStreamIsAnEmptyAnswerAndHasNotEnded() {
        StreamDecoder decoder = decoder("openai");
        feed(decoder, delta("{\"role\":\"assistant\",\"content\":\"\"}"), finish("stop"));

        LlmException failure = catchThrowableOfType(LlmException.class, () -> feed(decoder, "[DONE]"));

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(decoder.ended()).isFalse();
    }

    @Test
    void aFilteredStreamMayBeEmpty() {
        assertThat(stream(delta("{\"content\":\"\"}"), finish("content_filter")).finishReason())
                .isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"Rate limit reached. Please try again in 1.5s\",\"code\":\"rate_limit_exceeded\"}} | RATE_LIMITED | 1500",
                "{\"error\":{\"message\":\"died\",\"type\":\"InternalServerError\",\"code\":500}} | SERVER_ERROR |",
                "{\"id\":\"x\",\"error\":{\"code\":502,\"message\":\"gone\"},\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]} | SERVER_ERROR |",
                "{\"type\":\"error\",\"code\":\"server_is_overloaded\",\"message\":\"busy\"} | OVERLOADED |",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}} | OVERLOADED |",
                "{\"error\":\"model runner stopped\"} | SERVER_ERROR |",
                "{\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\"}} | QUOTA_EXHAUSTED |",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"network_error\"}]} | SERVER_ERROR |",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]} | OVERLOADED |"
            })
    void anErrorInAStreamIsTheErrorItStandsFor(String event, ErrorCategory category, Long delay) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> feed(decoder("openai"), event));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(category != ErrorCategory.QUOTA_EXHAUSTED);
        assertThat(failure.retryAfter()).isEqualTo(delay == null ? null : Duration.ofMillis(delay));
        assertThat(failure.details().phase()).isEqualTo(Phase.BODY);
    }

    @Test
    void groqsErrorEventIsAnErrorWhateverItHolds() {
        StreamDecoder decoder = decoder("groq");
        feed(decoder, delta("{\"content\":\"x\"}"));

        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> decoder.decode(new WireEvent(
                        "error",
                        "{\"error\":{\"message\":\"Failed to call a function\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\","
                                + "\"failed_generation\":\"<f>secret\",\"status_code\":400}}")));

        assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
        assertThat(failure).hasMessageNotContaining("secret");
        assertThat(catchThrowableOfType(
                                LlmException.class,
                                () -> decoder("groq").decode(new WireEvent("error", "upstream is overloaded")))
                        .category())
                .isEqualTo(ErrorCategory.OVERLOADED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[", "not json", "<html>"})
    void anEventThatNobodyCanReadIsMalformed(String event) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> feed(decoder("openai"), event));

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.retryable()).isTrue();
    }
}
