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
import org.junit.jupiter.params.provider.ValueSource;

class ErrorClassifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static LlmException classify(int status, Map<String, String> headers, String body) {
        WireResponse response =
                new WireResponse(status, WireHeaders.of(headers), body.getBytes(StandardCharsets.UTF_8), NOW);
        return new ErrorClassifier("acme").response("m-1", response);
    }

    private static LlmException classify(int status, String body) {
        return classify(status, Map.of(), body);
    }

    private static String message(String message) {
        return "{\"error\":{\"message\":\"" + message + "\"}}";
    }

    /** Own words after the shapes that hosts use; each line: status, category, retryable, stated delay in ms, body. */
    @ParameterizedTest(name = "{0} {1} {4}")
    @CsvFileSource(resources = "failures.psv", delimiter = '|', quoteCharacter = '\u0001', maxCharsPerColumn = 10_000)
    void saysWhatAFailureMeans(int status, ErrorCategory category, boolean retryable, Long delay, String body) {
        LlmException failure = classify(status, body == null ? "" : body.replace("\\n", "\n"));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.retryAfter()).isEqualTo(delay == null ? null : Duration.ofMillis(delay));
    }

    @Test
    void xShouldRetryWinsOverEverything() {
        String quota = message("You exceeded your current quota");

        assertThat(classify(503, Map.of("x-should-retry", "false"), "").retryable())
                .isFalse();
        assertThat(classify(429, Map.of("x-should-retry", "true"), quota).retryable())
                .isTrue();
        LlmException wrong = classify(400, Map.of("x-should-retry", "true"), message("Could not be completed"));
        assertThat(wrong.retryable()).isTrue();
        assertThat(wrong.category()).isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(classify(503, Map.of("x-should-retry", "perhaps"), "").retryable())
                .isTrue();
    }

    @Test
    void aHintOverAnHourIsNotWorthWaitingFor() {
        LlmException failure = classify(429, Map.of("retry-after", "7200"), message("Rate limit reached"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.RATE_LIMITED);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(failure.details().why()).contains("longer than an hour");
    }

    @Test
    void aBodyThatSaysNotToRetryIsBelieved() {
        assertThat(classify(526, "{\"status\":526,\"title\":\"Invalid certificate\",\"retryable\":false}")
                        .retryable())
                .isFalse();
        assertThat(classify(520, "{\"status\":520,\"title\":\"Unknown\",\"retryable\":true}")
                        .retryable())
                .isTrue();
    }

    @Test
    void awsNamesTheErrorInAHeader() {
        assertThat(classify(
                                400,
                                Map.of("x-amzn-errortype", "ThrottlingException:http://internal/"),
                                "{\"message\":\"Rate exceeded\"}")
                        .category())
                .isEqualTo(ErrorCategory.RATE_LIMITED);
        assertThat(classify(403, Map.of("x-amzn-errortype", "ExpiredTokenException"), "{\"message\":\"expired\"}")
                        .category())
                .isEqualTo(ErrorCategory.AUTHENTICATION);
    }

    @Test
    void aQuotationOfTheRequestIsNotRead() {
        LlmException failure = classify(
                400,
                "{\"error\":{\"code\":\"invalid_value\",\"message\":\"Invalid value: 'Insufficient balance, retry in 20s'.\"}}");

        assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.retryAfter()).isNull();
    }

    @Test
    void showsCodeMessageRequestIdAndEvidence() {
        LlmException failure = classify(
                429,
                Map.of("cf-ray", "edge", "apim-request-id", "id-1"),
                "{\"error\":{\"code\":\"rate_limit_exceeded\",\"type\":\"tokens\",\"message\":\"Too fast,\\nplease wait\"}}");

        assertThat(failure.code()).isEqualTo("rate_limit_exceeded");
        assertThat(failure.requestId()).isEqualTo("id-1");
        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure.model()).isEqualTo("m-1");
        assertThat(failure.details().why())
                .isEqualTo(
                        "status 429, code rate_limit_exceeded: too many requests or tokens in a short window, so waiting helps");
        assertThat(failure.details().providerMessage()).isEqualTo("Too fast, please wait");
        assertThat(failure.details().phase()).isEqualTo(Phase.BODY);
    }

    @Test
    void theRequestIdMayStandInTheBody() {
        assertThat(classify(500, "{\"error\":{\"message\":\"x\"},\"request_id\":\"req_1\"}")
                        .requestId())
                .isEqualTo("req_1");
        assertThat(classify(500, "").requestId()).isNull();
    }

    @Test
    void anErrorInsideASuccessHasTheStatusItStandsFor() {
        assertThat(classify(200, "{\"error\":{\"code\":502,\"message\":\"gone\"}}")
                        .status())
                .isEqualTo(502);
        assertThat(classify(200, "{\"error\":{\"code\":\"429\",\"message\":\"slow\"}}")
                        .status())
                .isEqualTo(429);
        assertThat(classify(200, "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}")
                        .status())
                .isEqualTo(503);
        assertThat(classify(200, "{\"error\":\"what?\"}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{{{{",
                "\"",
                "42",
                "{\"error\":null}",
                "{\"error\":{\"code\":{},\"message\":[1]}}",
                "\u0000\u0001",
                "data:",
                "<",
                "{\"error\":{\"message\":{\"message\":{\"message\":{}}}}}"
            })
    void noBodyBreaksIt(String body) {
        assertThat(classify(500, body).category()).isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(classify(200, body).retryable()).isTrue();
    }

    @Test
    void hugeAndDeepBodiesAreReadInBoundedTime() {
        String deep = "{\"error\":".repeat(100_000);
        String wide = "{\"error\":{\"message\":\"" + "limit 1 ".repeat(200_000) + "\"}}";
        String braces = message("{".repeat(50_000));

        assertThat(classify(503, deep).category()).isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(classify(503, wide).category()).isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(classify(503, braces).category()).isEqualTo(ErrorCategory.OVERLOADED);
    }

    @Test
    void keysAndPromptsDoNotReachMessages() {
        LlmException echoed = classify(
                422,
                "{\"detail\":[{\"type\":\"string_type\",\"loc\":[\"body\",\"messages\"],\"msg\":\"Input should be a string\",\"input\":\"my prompt\"}]}");
        LlmException printed =
                classify(400, message("[{'type': 'string_type', 'msg': 'no string', 'input': 'my prompt'}]"));
        LlmException key = classify(
                401, message("Bad token: Bearer abcdefghijkl0123, key=AbCd1234efgh5678 and sk-live-1234567890abcd"));

        assertThat(echoed).hasMessageNotContaining("my prompt").hasMessageContaining("Input should be a string");
        assertThat(printed).hasMessageNotContaining("my prompt");
        assertThat(key)
                .hasMessageNotContaining("abcdefghijkl0123")
                .hasMessageNotContaining("AbCd1234")
                .hasMessageNotContaining("sk-live");
    }
}
