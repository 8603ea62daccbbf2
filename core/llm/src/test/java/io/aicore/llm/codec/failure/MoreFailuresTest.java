package io.aicore.llm.codec.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wordings and forms that differ from host to host, and ends of answers that are failures. */
class MoreFailuresTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static LlmException classify(int status, Map<String, String> headers, String body) {
        WireResponse response =
                new WireResponse(status, WireHeaders.of(headers), body.getBytes(StandardCharsets.UTF_8), NOW);
        return new ErrorClassifier("acme").response(null, response);
    }

    /** Own words after the shapes that hosts use; each line: status, category, retryable, body. */
    @ParameterizedTest(name = "{0} {1} {3}")
    @CsvFileSource(resources = "wordings.psv", delimiter = '|', quoteCharacter = '\u0001', maxCharsPerColumn = 10_000)
    void saysWhatAFailureMeans(int status, ErrorCategory category, boolean retryable, String body) {
        LlmException failure = classify(status, Map.of(), body);

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(retryable);
    }

    /** A stream's last event may tell of a failure by nothing but the reason for its end. */
    @ParameterizedTest
    @CsvSource({
        "CONTENT_FILTERED, false, content_filter",
        "CONTENT_FILTERED, false, sensitive",
        "CONTEXT_LENGTH, false, model_context_window_exceeded",
        "OVERLOADED, true, insufficient_system_resource",
        "SERVER_ERROR, true, network_error",
        "SERVER_ERROR, true, error"
    })
    void anAnswerMayEndWithAFailure(ErrorCategory category, boolean retryable, String reason) {
        WireResponse head = new WireResponse(200, WireHeaders.EMPTY, new byte[0], NOW);
        String event = "{\"choices\":[{\"delta\":{\"content\":\"HTTP 429\"},\"finish_reason\":\"" + reason + "\"}]}";

        LlmException failure = new ErrorClassifier("acme").inStream(null, head, event, Phase.STREAM);

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(retryable);
    }

    @Test
    void whatAnAnswerSaysIsNotRead() {
        String choices =
                "{\"choices\":[{\"message\":{\"content\":\"x\",\"code\":\"insufficient_quota\"},\"finish_reason\":\"error\"}]}";

        assertThat(classify(200, Map.of(), choices).category()).isEqualTo(ErrorCategory.SERVER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 01 Mar 2026 12:00:30 GMT", "Sunday, 01-Mar-26 12:00:30 GMT", "Sun Mar  1 12:00:30 2026"})
    void readsAllThreeFormsOfAnHttpDate(String date) {
        assertThat(classify(503, Map.of("retry-after", date), "").retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(ints = {102, 199, 600, 999})
    void aStatusThatNoAnswerHasIsMalformedAndNotRetried(int status) {
        LlmException failure = classify(status, Map.of(), "{}");

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.retryable()).isFalse();
    }
}
