package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream ends: with an answer, without one, or with an error. */
class StreamEndTest extends Fixtures {

    @Test
    void aStreamWithoutContentIsEmptyUnlessTheModelHasNothingToSay() {
        LlmException failure = failure(decoder(), START, open(0, text("")), close(0), finish("tool_use"), STOP);

        assertThat(failure.code()).isEqualTo("empty_completion");
        Completion answer = stream(START, finish("end_turn"), STOP);
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.extra()).containsEntry("anthropic_content", List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"thinking\",\"thinking\":\"because\"}",
                "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"sig==\"}",
                "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}"
            })
    void reasoningAloneIsNoAnswer(String thought) {
        String[] alone = {START, open(0, thought), close(0), open(1, text("")), close(1), finish("end_turn"), STOP};

        assertThat(failure(decoder(), alone).code()).isEqualTo("reasoning_only");
        assertThat(stream(START, open(0, thought), open(1, "{\"type\":\"of_tomorrow\"}"), finish("end_turn"), STOP)
                        .extra())
                .containsKey("anthropic_content");
    }

    @Test
    void aStreamWithoutAStopReasonIsIncomplete() {
        String[] whole = hello();
        for (int events = 0; events < whole.length - 1; events++) {
            LlmException failure = failure(decoder(), Arrays.copyOf(whole, events));

            assertThat(failure).isInstanceOf(IncompleteStreamException.class);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.details().phase()).isEqualTo(events > 3 ? Phase.STREAM : Phase.BODY);
        }
    }

    @Test
    void aStopReasonAndTheBodysEndOrDoneAreAnEnd() {
        String[] stopped = Arrays.copyOf(hello(), hello().length - 1);
        StreamDecoder ended = decoder();
        feed(ended, stopped);
        StreamDecoder done = decoder();
        feed(done, stopped);
        StreamDecoder early = decoder();
        feed(early, Arrays.copyOf(stopped, stopped.length - 1));

        assertThat(ended.end()).isEmpty();
        assertThat(done.decode(new WireEvent(null, "[DONE]"))).isEmpty();
        assertThat(early.decode(new WireEvent(null, "[DONE]"))).isEmpty();
        assertThat(List.of(ended, done)).allMatch(StreamDecoder::ended);
        assertThat(early.ended()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error, OVERLOADED, 529, true",
        "api_error, SERVER_ERROR, 500, true",
        "timeout_error, TIMEOUT, 504, true",
        "rate_limit_error, RATE_LIMITED, 429, true",
        "invalid_request_error, INVALID_REQUEST, 400, false",
        "authentication_error, AUTHENTICATION, 401, false",
        "permission_error, PERMISSION, 403, false",
        "not_found_error, NOT_FOUND, 404, false",
        "request_too_large, PAYLOAD_TOO_LARGE, 413, false",
    })
    void anErrorEventHasTheStatusItStandsFor(String type, ErrorCategory category, int status, boolean retryable) {
        LlmException failure = failure(decoder(), START, error(type, "no"));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.requestId()).isEqualTo("req_7");
        assertThat(failure.details().phase()).isEqualTo(Phase.BODY);
    }

    @Test
    void errorsAndEventsInWrongFormsAreFailuresToo() {
        assertThat(catchThrowableOfType(
                        LlmException.class, () -> decoder().decode(new WireEvent("error", "upstream connect error"))))
                .isNotNull();
        assertThat(failure(decoder(), "{\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}")
                        .category())
                .isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(catchThrowableOfType(
                                LlmException.class,
                                () -> decoder().decode(new WireEvent("message_start", "{\"type\":\"mess")))
                        .code())
                .isEqualTo("not_json");
    }
}
