package io.aicore.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a call does about a failing provider, as {@code --json} tells it. */
class RetriesTest {

    private static final List<String> PLAIN = List.of("--json", Run.PROMPT);
    private static final List<String> STREAM = List.of("--json", "--stream", Run.PROMPT);

    @Test
    void waitsAsLongAsTheServerAsked() {
        try (DemoServer server = DemoServer.start(question -> question.number() == 1
                ? ChatReplies.error(429, "requests", "rate_limit_exceeded", "Slow down")
                        .header("retry-after", "1")
                : ChatReplies.answer("Here you are.", 5, 4))) {
            Run run = Run.against(server, PLAIN);

            assertThat(run.exitCode()).isZero();
            assertThat(run.types()).containsExactly("attempt", "failure", "retry", "attempt", "completion");
            JsonNode failure = run.lines("failure").get(0);
            assertThat(failure.path("number").asInt()).isEqualTo(1);
            assertThat(failure.path("category").asString()).isEqualTo("rate_limited");
            assertThat(failure.path("status").asInt()).isEqualTo(429);
            assertThat(failure.path("retryable").asBoolean()).isTrue();
            assertThat(failure.path("retry_after_ms").asLong()).isEqualTo(1000);
            assertThat(failure.path("why").asString()).isNotBlank();
            JsonNode retry = run.lines("retry").get(0);
            assertThat(retry.path("number").asInt()).isEqualTo(2);
            assertThat(retry.path("delay_ms").asLong()).isBetween(1000L, 1200L);
            assertThat(retry.path("cause").asString()).contains("server asked");
            assertThat(run.last().path("text").asString()).isEqualTo("Here you are.");
            assertThat(run.last().path("finish_reason").asString()).isEqualTo("stop");
            assertThat(run.last().path("attempts").asInt()).isEqualTo(2);
            // The gate that all calls of the key wait for adds up to a quarter.
            assertThat(run.last().path("waited_ms").asLong()).isGreaterThanOrEqualTo(1000L);
            assertThat(run.last().path("usage"))
                    .hasToString("{\"input_tokens\":5,\"output_tokens\":4,\"cached_tokens\":0,\"reasoning_tokens\":0}");
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void aSpentQuotaIsNotRetried() {
        try (DemoServer server = DemoServer.start(question -> ChatReplies.error(
                429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota"))) {
            Run run = Run.against(server, PLAIN);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.types()).containsExactly("attempt", "failure", "error");
            assertThat(run.last().path("category").asString()).isIn("quota_exhausted", "billing");
            assertThat(run.last().path("status").asInt()).isEqualTo(429);
            assertThat(run.last().path("retryable").asBoolean()).isFalse();
            assertThat(run.last().path("reason").asString()).isEqualTo("NOT_RETRYABLE");
            assertThat(run.last().path("partial").isNull()).isTrue();
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void aHintOverTheLimitFailsAtOnce() {
        try (DemoServer server =
                DemoServer.start(question -> ChatReplies.error(429, "requests", "rate_limit_exceeded", "Slow down")
                        .header("retry-after", "600"))) {
            Run run = Run.against(server, PLAIN);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.types()).containsExactly("attempt", "failure", "error");
            assertThat(run.last().path("retry_after_ms").asLong()).isEqualTo(600_000);
            assertThat(run.last().path("reason").asString()).isEqualTo("RETRY_AFTER_TOO_LONG");
            assertThat(run.last().path("retryable").asBoolean()).isTrue();
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void theErrorTellsOfEveryAttempt() {
        try (DemoServer server =
                DemoServer.start(question -> ChatReplies.error(500, "server_error", "server_error", "Oops")
                        .header("x-request-id", "req-" + question.number()))) {
            Run run = Run.against(server, PLAIN, "LLM_MAX_RETRIES", "1");

            assertThat(run.exitCode()).isEqualTo(1);
            JsonNode error = run.last();
            assertThat(error.path("category").asString()).isEqualTo("server_error");
            assertThat(error.path("status").asInt()).isEqualTo(500);
            assertThat(error.path("retry_after_ms").isNull()).isTrue();
            assertThat(error.path("reason").asString()).isEqualTo("RETRIES_EXHAUSTED");
            assertThat(error.path("message").asString()).isNotBlank();
            assertThat(error.path("attempts")).hasSize(2);
            JsonNode first = error.path("attempts").path(0);
            assertThat(first.propertyNames())
                    .containsExactly(
                            "number", "duration_ms", "phase", "status", "category", "request_id", "delay_ms", "why");
            assertThat(first.path("request_id").asString()).isEqualTo("req-1");
            assertThat(first.path("delay_ms").isNumber()).isTrue();
            assertThat(error.path("attempts").path(1).path("number").asInt()).isEqualTo(2);
            assertThat(error.path("attempts").path(1).path("delay_ms").isNull()).isTrue();
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void aCutConnectionIsRetried() {
        try (DemoServer server = DemoServer.start(
                question -> question.number() == 1 ? Reply.hangUp() : ChatReplies.answer("Here you are.", 5, 4))) {
            Run run = Run.against(server, PLAIN);

            assertThat(run.exitCode()).isZero();
            assertThat(run.lines("failure").get(0).path("category").asString()).isEqualTo("connection");
            assertThat(run.lines("failure").get(0).path("status").isNull()).isTrue();
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void tokensComeAsChunks() {
        try (DemoServer server =
                DemoServer.start(question -> ChatReplies.stream(List.of("Here", " you", " are."), 5))) {
            Run run = Run.against(server, STREAM);

            assertThat(run.exitCode()).isZero();
            assertThat(run.lines("chunk"))
                    .extracting(line -> line.path("text").asString())
                    .containsExactly("Here", " you", " are.");
            assertThat(run.last().path("text").asString()).isEqualTo("Here you are.");
            assertThat(run.last().path("attempts").asInt()).isEqualTo(1);
            assertThat(run.last().path("waited_ms").asLong()).isZero();
            assertThat(run.last().path("usage").path("output_tokens").asInt()).isEqualTo(3);
        }
    }

    @Test
    void aStreamCutAfterTwoTokensFailsWithThem() {
        try (DemoServer server = DemoServer.start(question ->
                Reply.events(ChatReplies.begun(List.of("Here", " you"))).thenCut())) {
            Run run = Run.against(server, STREAM);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.types()).containsExactly("attempt", "chunk", "chunk", "failure", "error");
            assertThat(run.last().path("partial").asString()).isEqualTo("Here you");
            assertThat(run.last().path("category").asString()).isIn("incomplete_stream", "connection");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void aStreamCutBeforeItsFirstTokenIsRetried() {
        try (DemoServer server = DemoServer.start(question -> question.number() == 1
                ? Reply.events(ChatReplies.begun(List.of())).thenCut()
                : ChatReplies.stream(List.of("Here"), 5))) {
            Run run = Run.against(server, STREAM);

            assertThat(run.exitCode()).isZero();
            assertThat(run.types()).containsExactly("attempt", "failure", "retry", "attempt", "chunk", "completion");
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void anErrorInsideAStreamBeforeAnyTokenIsRetried() {
        try (DemoServer server = DemoServer.start(question -> question.number() == 1
                ? Reply.events(List.of(ChatReplies.errorBody("server_error", "server_error", "Oops")))
                : ChatReplies.stream(List.of("Here"), 5))) {
            Run run = Run.against(server, STREAM);

            assertThat(run.exitCode()).isZero();
            assertThat(run.lines("failure").get(0).path("category").asString()).isEqualTo("server_error");
            assertThat(run.last().path("attempts").asInt()).isEqualTo(2);
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void aStreamWithoutItsLastWordIsAnError() {
        try (DemoServer server =
                DemoServer.start(question -> Reply.events(ChatReplies.begun(List.of("Here", " you", " are."))))) {
            Run run = Run.against(server, STREAM);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.last().path("category").asString()).isEqualTo("incomplete_stream");
            assertThat(run.last().path("partial").asString()).as(run.out()).isEqualTo("Here you are.");
            assertThat(server.requests()).isEqualTo(1);
        }
    }
}
