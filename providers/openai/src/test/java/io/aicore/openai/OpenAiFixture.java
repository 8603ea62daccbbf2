package io.aicore.openai;

import static io.aicore.llm.error.ErrorCategory.AUTHENTICATION;
import static io.aicore.llm.error.ErrorCategory.BILLING;
import static io.aicore.llm.error.ErrorCategory.CONFLICT;
import static io.aicore.llm.error.ErrorCategory.CONTENT_FILTERED;
import static io.aicore.llm.error.ErrorCategory.CONTEXT_LENGTH;
import static io.aicore.llm.error.ErrorCategory.INVALID_REQUEST;
import static io.aicore.llm.error.ErrorCategory.NOT_FOUND;
import static io.aicore.llm.error.ErrorCategory.OVERLOADED;
import static io.aicore.llm.error.ErrorCategory.PAYLOAD_TOO_LARGE;
import static io.aicore.llm.error.ErrorCategory.PERMISSION;
import static io.aicore.llm.error.ErrorCategory.QUOTA_EXHAUSTED;
import static io.aicore.llm.error.ErrorCategory.RATE_LIMITED;
import static io.aicore.llm.error.ErrorCategory.SERVER_ERROR;
import static io.aicore.llm.error.ErrorCategory.TIMEOUT;
import static io.aicore.llm.error.ErrorCategory.UNSUPPORTED_REGION;

import io.aicore.testkit.Capability;
import io.aicore.testkit.ChatCompletionsFixture;
import io.aicore.testkit.EmbeddingFixture;
import io.aicore.testkit.ErrorForm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Chat completions as the kit wants to know them. */
class OpenAiFixture extends ChatCompletionsFixture {

    OpenAiFixture() {
        super("openai");
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public List<ErrorForm> errors() {
        String limited = error("requests", "rate_limit_exceeded", "Rate limit reached for requests");
        return List.of(
                ErrorForm.of(400, error("invalid_request_error", "", "Unknown parameter: 'a'."), INVALID_REQUEST),
                ErrorForm.of(
                        400, error("invalid_request_error", "context_length_exceeded", "too long"), CONTEXT_LENGTH),
                ErrorForm.of(400, error("", "content_filter", "The response was filtered"), CONTENT_FILTERED),
                ErrorForm.of(401, error("invalid_request_error", "invalid_api_key", "no"), AUTHENTICATION),
                ErrorForm.of(402, error("insufficient_balance", "", "Insufficient Balance"), BILLING),
                ErrorForm.of(
                        403,
                        error("request_forbidden", "unsupported_country_region_territory", "Country not supported"),
                        UNSUPPORTED_REGION),
                ErrorForm.of(403, error("invalid_request_error", "", "You do not have access"), PERMISSION),
                ErrorForm.of(404, error("invalid_request_error", "model_not_found", "no such model"), NOT_FOUND),
                ErrorForm.of(408, "", TIMEOUT),
                ErrorForm.of(409, error("conflict", "", "locked"), CONFLICT),
                ErrorForm.of(413, "<html><h1>413 Request Entity Too Large</h1></html>", PAYLOAD_TOO_LARGE),
                ErrorForm.of(429, limited, RATE_LIMITED),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("retry-after: 7")
                        .delay(Duration.ofSeconds(7)),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("retry-after-ms: 2500")
                        .header("retry-after: 7")
                        .delay(Duration.ofMillis(2_500)),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("date: Sun, 01 Mar 2026 12:00:00 GMT")
                        .header("retry-after: Sun, 01 Mar 2026 12:00:30 GMT")
                        .delay(Duration.ofSeconds(30)),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("x-ratelimit-remaining-requests: 0")
                        .header("x-ratelimit-reset-requests: 12.5s")
                        .header("x-ratelimit-remaining-tokens: 900")
                        .header("x-ratelimit-reset-tokens: 6m0s")
                        .delay(Duration.ofMillis(12_500)),
                ErrorForm.of(
                                429,
                                error("tokens", "rate_limit_exceeded", "Limit reached. Please try again in 7m12.5s."),
                                RATE_LIMITED)
                        .delay(Duration.ofMillis(432_500)),
                ErrorForm.of(429, error("insufficient_quota", "insufficient_quota", "quota"), QUOTA_EXHAUSTED),
                ErrorForm.of(500, error("server_error", "", "The server had an error"), SERVER_ERROR),
                ErrorForm.of(500, error("server_error", "", "no"), SERVER_ERROR)
                        .header("x-should-retry: false")
                        .notRetryable(),
                ErrorForm.of(502, "<html>bad gateway</html>", SERVER_ERROR),
                ErrorForm.of(503, error("server_error", "", "The engine is currently overloaded"), OVERLOADED)
                        .header("retry-after: 3")
                        .delay(Duration.ofSeconds(3)),
                ErrorForm.of(504, "", TIMEOUT));
    }

    @Override
    public EmbeddingFixture embeddings() {
        return new OpenAiEmbeddings();
    }
}
