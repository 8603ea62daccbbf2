package io.aicore.gemini;

import static io.aicore.gemini.Fixtures.REQUEST;
import static io.aicore.gemini.Fixtures.codec;
import static io.aicore.gemini.Fixtures.decoder;
import static io.aicore.gemini.Fixtures.feed;
import static io.aicore.gemini.Fixtures.json;
import static io.aicore.gemini.Fixtures.response;
import static io.aicore.gemini.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTest {

    private static String error(int code, String status, String message, String... details) {
        String list = details.length == 0 ? "" : ",'details':[" + String.join(",", details) + "]";
        return json(
                "{'error':{'code':" + code + ",'message':'" + message + "','status':'" + status + "'" + list + "}}");
    }

    private static String retryInfo(String delay) {
        return "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'" + delay + "'}";
    }

    private static String quota(String id) {
        return "{'@type':'type.googleapis.com/google.rpc.QuotaFailure','violations':[{'quotaMetric':'g/requests','quotaId':'"
                + id + "','quotaValue':'20'}]}";
    }

    private static final String KEY =
            "{'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'API_KEY_INVALID','domain':'googleapis.com'}";

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(400, error(400, "INVALID_ARGUMENT", "bad field"), "INVALID_REQUEST", null),
                Arguments.of(400, error(400, "INVALID_ARGUMENT", "API key not valid.", KEY), "AUTHENTICATION", null),
                Arguments.of(
                        400,
                        error(
                                400,
                                "INVALID_ARGUMENT",
                                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."),
                        "CONTEXT_LENGTH",
                        null),
                Arguments.of(
                        400,
                        error(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
                        "UNSUPPORTED_REGION",
                        null),
                Arguments.of(
                        401, error(401, "UNAUTHENTICATED", "Expected OAuth 2 access token"), "AUTHENTICATION", null),
                Arguments.of(402, error(402, "FAILED_PRECONDITION", "Prepaid credit used up"), "BILLING", null),
                Arguments.of(403, error(403, "PERMISSION_DENIED", "no access"), "PERMISSION", null),
                Arguments.of(404, error(404, "NOT_FOUND", "models/nope is not found"), "NOT_FOUND", null),
                Arguments.of(
                        429,
                        error(
                                429,
                                "RESOURCE_EXHAUSTED",
                                "You exceeded your current quota.",
                                quota("GenerateRequestsPerMinutePerProjectPerModel"),
                                retryInfo("34.4s")),
                        "RATE_LIMITED",
                        34_400L),
                Arguments.of(
                        429,
                        error(
                                429,
                                "RESOURCE_EXHAUSTED",
                                "You exceeded your current quota.",
                                quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                                retryInfo("35645s")),
                        "QUOTA_EXHAUSTED",
                        35_645_000L),
                Arguments.of(
                        429,
                        error(429, "RESOURCE_EXHAUSTED", "Quota exceeded for metric: g/requests, limit: 0, model: m"),
                        "QUOTA_EXHAUSTED",
                        null),
                Arguments.of(
                        429,
                        error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
                        "RATE_LIMITED",
                        null),
                Arguments.of(
                        429,
                        "[" + error(429, "RESOURCE_EXHAUSTED", "Please retry in 1.5s.") + "]",
                        "RATE_LIMITED",
                        1_500L),
                Arguments.of(500, error(500, "INTERNAL", "An internal error has occurred."), "SERVER_ERROR", null),
                Arguments.of(503, error(503, "UNAVAILABLE", "The model is overloaded."), "OVERLOADED", null),
                Arguments.of(504, error(504, "DEADLINE_EXCEEDED", "Deadline expired."), "TIMEOUT", null),
                Arguments.of(502, "<html><h1>502</h1></html>", "SERVER_ERROR", null),
                Arguments.of(503, "", "OVERLOADED", null));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void statusAndBodyMakeTheVerdict(int status, String body, ErrorCategory category, Long delay) {
        assertVerdict(codec().classify(REQUEST, response(status, body)), category, delay);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void theSameErrorInsideASuccessIsTheSame(int status, String body, ErrorCategory category, Long delay) {
        if (!body.contains("{")) {
            assertThat(catchThrowableOfType(LlmException.class, () -> Fixtures.decode(body))
                            .category())
                    .isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
            return;
        }
        LlmException plain = catchThrowableOfType(LlmException.class, () -> Fixtures.decode(body));
        LlmException streamed = catchThrowableOfType(LlmException.class, () -> feed(decoder(), body));

        assertVerdict(plain, category, delay);
        assertVerdict(streamed, category, delay);
        assertThat(streamed.status()).isEqualTo(status);
        assertThat(streamed.details().phase()).isEqualTo(Phase.BODY);
    }

    private static void assertVerdict(LlmException failure, ErrorCategory category, Long delay) {
        boolean retryable = switch (category) {
            case RATE_LIMITED, OVERLOADED, SERVER_ERROR, TIMEOUT -> true;
            default -> false;
        };
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.retryAfter()).isEqualTo(delay == null ? null : Duration.ofMillis(delay));
        assertThat(failure.provider()).isEqualTo("gemini");
    }

    @Test
    void anErrorAfterTokensIsOfTheStream() {
        var decoder = decoder();
        feed(decoder, text("Par"));

        LlmException failure = catchThrowableOfType(
                LlmException.class, () -> feed(decoder, error(503, "UNAVAILABLE", "The model is overloaded.")));

        assertThat(failure.category()).isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
    }

    @Test
    void aBlockInAStreamIsAContentFilter() {
        LlmException failure = catchThrowableOfType(
                LlmException.class, () -> feed(decoder(), "{'promptFeedback':{'blockReason':'OTHER'}}"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.CONTENT_FILTERED);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.code()).isEqualTo("OTHER");
    }
}
