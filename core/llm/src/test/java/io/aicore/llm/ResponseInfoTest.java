package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.RateLimit;
import io.aicore.llm.chat.RateLimit.Budget;
import io.aicore.llm.chat.ResponseInfo;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

/** What the head of a response told, on answers and on failures. */
class ResponseInfoTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String KEY = "key-0123456789";

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = WireProvider.create(
            LlmConfig.builder()
                    .provider("line")
                    .model("m")
                    .apiKey(KEY)
                    .retrySettings(retry -> retry.maxRetries(0))
                    .build(),
            "line",
            server.url("/v1"),
            new LineCodec());

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private static final String[] HEAD = {
        "X-Request-Id: req-" + KEY,
        "x-ratelimit-limit-requests: 60",
        "x-ratelimit-remaining-requests: 59",
        "x-ratelimit-reset-requests: 1s",
        "openai-processing-ms: 12",
        "x-ms-region: key was " + KEY,
        "set-cookie: session=abc",
        "openai-organization: org-1"
    };

    private static void tells(Map<String, String> headers, @Nullable RateLimit limit) {
        assertThat(headers)
                .containsEntry("openai-processing-ms", "12")
                .containsEntry("x-request-id", "req-REDACTED")
                .containsEntry("x-ms-region", "key was REDACTED")
                .containsKey("content-type")
                .doesNotContainKeys("set-cookie", "openai-organization");
        assertThat(limit).isNotNull();
        assertThat(Objects.requireNonNull(limit).requests()).isEqualTo(new Budget(60L, 59L, Duration.ofSeconds(1)));
        assertThat(limit.tokens().isUnknown()).isTrue();
    }

    @Test
    void ofAnAnswer() {
        server.then(Scripts.json(200, "hi", HEAD));
        Provenance how = Objects.requireNonNull(provider.complete("hello").block(PATIENCE))
                .provenance();
        tells(Objects.requireNonNull(how).headers(), how.rateLimit());
        assertThat(how.requestId()).isEqualTo("req-REDACTED");
    }

    @Test
    void ofAStream() {
        server.then(exchange -> {
            exchange.streamHead(HEAD);
            exchange.event("a");
            exchange.event("END");
            exchange.lastChunk();
        });
        Provenance how = provider.stream("hello")
                .mapNotNull(CompletionChunk::info)
                .mapNotNull(ChunkInfo::provenance)
                .blockLast(PATIENCE);
        tells(Objects.requireNonNull(how).headers(), how.rateLimit());
    }

    @Test
    void ofAFailure() {
        server.then(Scripts.json(500, "no", HEAD));
        StepVerifier.create(provider.complete("hello"))
                .consumeErrorWith(error -> {
                    LlmException failure = (LlmException) error;
                    assertThat(failure.category()).isEqualTo(ErrorCategory.SERVER_ERROR);
                    tells(failure.headers(), failure.rateLimit());
                })
                .verify(PATIENCE);
    }

    @Test
    void ofAStreamThatBreaks() {
        server.then(exchange -> {
            exchange.streamHead(HEAD);
            exchange.event("a");
            exchange.lastChunk();
        });
        StepVerifier.create(provider.stream("hello"))
                .expectNextCount(1)
                .consumeErrorWith(error -> {
                    LlmException failure = (LlmException) error;
                    assertThat(failure.partialText()).isEqualTo("a");
                    tells(failure.headers(), failure.rateLimit());
                })
                .verify(PATIENCE);
    }

    @Test
    void aFailureWithoutResponseHasNone() {
        server.then(Scripts.reset());
        StepVerifier.create(provider.complete("hello"))
                .consumeErrorWith(error -> {
                    assertThat(((LlmException) error).headers()).isEmpty();
                    assertThat(((LlmException) error).rateLimit()).isNull();
                })
                .verify(PATIENCE);
    }

    private static ResponseInfo info(Map<String, String> headers) {
        return new WireResponse(200, WireHeaders.of(headers), new byte[0], NOON).info(UnaryOperator.identity());
    }

    @Test
    void thereIsAnEndToIt() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("x-ratelimit-" + i, "v".repeat(5_000));
        }
        many.put("x-ratelimit-" + "n".repeat(100), "v");
        Map<String, String> kept = info(many).headers();
        assertThat(kept).hasSize(40);
        assertThat(kept.keySet()).allMatch(name -> name.length() <= 64);
        assertThat(kept.values()).allMatch(value -> value.length() == 200);
    }

    /** The forms of OpenAI, Groq, Azure, Anthropic, Cerebras and gateways. */
    @ParameterizedTest
    @CsvSource({
        "x-ratelimit-%-requests, 60, 0, 6m0s, PT6M",
        "x-ratelimit-%-requests, 14400, 14399, 20ms, PT0.02S",
        "x-ratelimit-%-requests, 60, 60, 0s, PT0S",
        "x-ratelimit-%-requests, 60, 59, 7.66s, PT7.66S",
        "anthropic-ratelimit-requests-%, 50, 49, 2026-03-01T12:00:30Z, PT30S",
        "anthropic-ratelimit-requests-%, 50, 50, 2026-03-01T12:00:00Z, PT0S",
        "x-ratelimit-%-requests-day, 100, 9, 33011.38, PT9H10M11.38S",
        "ratelimit-%, 100, 9, 30, PT30S"
    })
    void limitsOfRequests(String family, long limit, long remaining, String reset, Duration until) {
        RateLimit read = info(Map.of(
                        family.replace("%", "limit"), String.valueOf(limit),
                        family.replace("%", "remaining"), String.valueOf(remaining),
                        family.replace("%", "reset"), reset))
                .rateLimit();
        assertThat(read).isEqualTo(new RateLimit(new Budget(limit, remaining, until), new Budget(null, null, null)));
    }

    @Test
    void limitsOfTokens() {
        assertThat(info(Map.of("x-ratelimit-remaining-tokens", "149984")).rateLimit())
                .isEqualTo(new RateLimit(new Budget(null, null, null), new Budget(null, 149_984L, null)));
        assertThat(info(Map.of(
                                "anthropic-ratelimit-tokens-limit", "40000",
                                "anthropic-ratelimit-tokens-reset", "2026-03-01T12:01:00Z"))
                        .rateLimit())
                .isEqualTo(
                        new RateLimit(new Budget(null, null, null), new Budget(40_000L, null, Duration.ofMinutes(1))));
    }

    /** As which .NET writes that there is none. */
    @Test
    void aResetThatNeverComesIsUnknown() {
        assertThat(info(Map.of(
                                "anthropic-ratelimit-requests-remaining", "9",
                                "anthropic-ratelimit-requests-reset", "9999-12-31T23:59:59Z"))
                        .rateLimit())
                .isEqualTo(new RateLimit(new Budget(null, 9L, null), new Budget(null, null, null)));
    }

    @Test
    void wordsWhereNumbersBelongSayNothing() {
        assertThat(info(Map.of("x-ratelimit-limit-requests", "many", "x-ratelimit-reset-requests", "soon"))
                        .rateLimit())
                .isNull();
        assertThat(info(Map.of()).rateLimit()).isNull();
    }
}
