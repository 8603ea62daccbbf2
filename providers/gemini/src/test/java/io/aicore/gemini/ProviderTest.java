package io.aicore.gemini;

import static io.aicore.gemini.Fixtures.answer;
import static io.aicore.gemini.Fixtures.json;
import static io.aicore.gemini.Fixtures.last;
import static io.aicore.gemini.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.AccessToken;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.RequestAuthorizer;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ContentFilteredException;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.OverloadedException;
import io.aicore.llm.error.QuotaExhaustedException;
import io.aicore.llm.testing.FaultServer;
import io.aicore.llm.testing.Script;
import io.aicore.llm.testing.Scripts;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FINE = last("fine");
    private static final String OVERLOADED =
            json("{'error':{'code':503,'message':'The model is overloaded.','status':'UNAVAILABLE'}}");
    private static final String SIGNED = "{'functionCall':{'name':'f','args':{'a':'é'}},'thoughtSignature':'c2ln'}";

    private final FaultServer server = FaultServer.start();
    private final CompletableFuture<Void> waiting = new CompletableFuture<>();
    private final LlmProvider provider = provider(Duration.ofMillis(1));

    private LlmProvider provider(Duration initialDelay) {
        return Llm.from(config("gemini", "/v1beta")
                .apiKey("AQ.k-secret-1")
                .retrySettings(retry ->
                        retry.maxRetries(2).maxDelay(Duration.ofMinutes(1)).initialDelay(initialDelay))
                .build());
    }

    private LlmConfigBuilder config(String name, String path) {
        return LlmConfig.builder()
                .provider(name)
                .model("gemini-3-m")
                .baseUrl(server.url(path))
                .listener(event -> {
                    if (event instanceof RetryEvent.RetryScheduled) {
                        waiting.complete(null);
                    }
                });
    }

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private static LlmException failure(Mono<?> call) {
        return catchThrowableOfType(LlmException.class, () -> call.block(PATIENCE));
    }

    private static String framed(String... events) {
        StringBuilder body = new StringBuilder();
        for (String event : events) {
            body.append("data: ").append(event).append("\r\n\r\n");
        }
        return body.toString();
    }

    /** As Google frames it: CRLF, no last event, and here no length either: the end of the connection is the end. */
    private static Script stream(boolean byteByByte, String... events) {
        return exchange -> {
            byte[] body = framed(events).getBytes(StandardCharsets.UTF_8);
            exchange.head(200, "content-type: text/event-stream", "connection: close");
            if (byteByByte) {
                exchange.drip(body);
            } else {
                exchange.write(body);
            }
            exchange.close();
        };
    }

    @Test
    void answers() {
        server.then(Scripts.json(200, FINE));

        Completion completion = provider.complete("hello").block(PATIENCE);

        assertThat(completion.text()).isEqualTo("fine");
        assertThat(completion.usage()).isEqualTo(new Usage(7, 23, 0, 0, 20));
        assertThat(completion.provenance().attempts()).isEqualTo(1);
        assertThat(server.call(1).path()).isEqualTo("/v1beta/models/gemini-3-m:generateContent");
        assertThat(server.call(1).header("x-goog-api-key")).isEqualTo("AQ.k-secret-1");
        assertThat(server.call(1).header("authorization")).isEmpty();
        assertThat(server.call(1).text()).isEqualTo(json("{'contents':[{'role':'user','parts':[{'text':'hello'}]}]}"));
    }

    @Test
    void vertexAnswersUnderItsProjectWithABearerToken() {
        server.then(Scripts.json(200, FINE));
        try (LlmProvider vertex = Llm.from(config("vertex", "")
                .apiKey("ya29.token")
                .option("project", "p-1")
                .option("location", "europe-west4")
                .build())) {
            assertThat(vertex.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
        }
        assertThat(server.call(1).path())
                .isEqualTo(
                        "/v1/projects/p-1/locations/europe-west4/publishers/google/models/gemini-3-m:generateContent");
        assertThat(server.call(1).header("authorization")).isEqualTo("Bearer ya29.token");
        assertThat(server.call(1).header("x-goog-api-key")).isEmpty();
    }

    @Test
    void streamsUntilTheConnectionEnds() {
        server.then(stream(false, text("Hel"), last("lo")));

        List<CompletionChunk> chunks = provider.stream("hello").collectList().block(PATIENCE);

        assertThat(chunks)
                .extracting(CompletionChunk::text)
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("Hel", "lo");
        assertThat(chunks.get(chunks.size() - 1).info().provenance().attempts()).isEqualTo(1);
        assertThat(server.call(1).path()).isEqualTo("/v1beta/models/gemini-3-m:streamGenerateContent?alt=sse");
    }

    @Test
    void aStreamThatComesByteByByteIsTheSame() {
        String[] events = {
            answer("{'text':'Grüße, 世界 🌍','thought':true}", ""), answer("{'text':'é'}", ""), answer(SIGNED, "STOP")
        };
        server.then(stream(false, events)).then(stream(true, events));

        Completion whole = Completion.from(provider.stream("hello")).block(PATIENCE);
        Completion dripped = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(dripped.reasoning()).isEqualTo("Grüße, 世界 🌍");
        assertThat(dripped.text()).isEqualTo("é");
        assertThat(dripped.toolCalls()).isEqualTo(whole.toolCalls()).hasSize(1);
        assertThat(dripped.extra()).isEqualTo(whole.extra());
        assertThat(dripped.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(dripped.usage()).isEqualTo(new Usage(7, 23, 0, 0, 20));
    }

    @Test
    void aSignatureThatWasStreamedGoesBackWithTheResult() {
        server.then(stream(false, answer(SIGNED, "STOP"))).then(Scripts.json(200, FINE));

        Completion asked = Completion.from(provider.stream("hello")).block(PATIENCE);
        CompletionRequest next = CompletionRequest.builder()
                .user("hello")
                .message(asked.message())
                .message(Message.tool(asked.toolCalls().get(0).id(), "ok"))
                .build();
        assertThat(provider.complete(next).block(PATIENCE).text()).isEqualTo("fine");

        assertThat(server.call(2).text())
                .contains(json("{'role':'model','parts':[" + SIGNED + "]}"))
                .contains(json("{'functionResponse':{'name':'f','response':{'output':'ok'}}}"));
    }

    @Test
    void retriesWhatMayPassWithTheSameBytes() {
        server.then(Scripts.json(
                        429,
                        json("{'error':{'code':429,'status':'RESOURCE_EXHAUSTED','message':'x','details':[{'@type':"
                                + "'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'0.005s'}]}}")))
                .then(Scripts.json(503, OVERLOADED))
                .then(Scripts.json(200, FINE));

        Completion completion = provider.complete("hello").block(PATIENCE);

        assertThat(completion.provenance().attempts()).isEqualTo(3);
        assertThat(server.call(3).body()).isEqualTo(server.call(1).body());
        assertThat(server.call(3).header("x-retry-count")).isEqualTo("2");
    }

    @Test
    void doesNotRetryADaysQuota() {
        server.always(
                Scripts.json(
                        429,
                        json(
                                "{'error':{'code':429,'status':'RESOURCE_EXHAUSTED','message':'x','details':[{'@type':"
                                        + "'type.googleapis.com/google.rpc.QuotaFailure','violations':[{'quotaId':'RequestsPerDay'}]}]}}")));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure).isInstanceOf(QuotaExhaustedException.class);
        assertThat(failure.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void keyAndPromptAreInNoMessage() {
        server.always(Scripts.json(
                400,
                json("{'error':{'code':400,'status':'INVALID_ARGUMENT','message':'API key not valid: AQ.k-secret-1, for"
                        + " my very private prompt','details':[{'reason':'API_KEY_INVALID'}]}}")));

        LlmException failure = failure(provider.complete("my very private prompt"));

        assertThat(failure).isInstanceOf(AuthenticationException.class);
        assertThat(failure).hasMessageNotContaining("k-secret-1").hasMessageNotContaining("private");
        assertThat(server.call(1).path()).doesNotContain("k-secret-1");
    }

    @Test
    void anErrorInsideA200IsRetriedLikeItsStatus() {
        server.then(Scripts.json(200, OVERLOADED))
                .then(Scripts.json(200, "[" + OVERLOADED + "]"))
                .then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).provenance().attempts())
                .isEqualTo(3);
    }

    @Test
    void aBlockedPromptIsNotSentAgain() {
        String blocked = json("{'promptFeedback':{'blockReason':'SAFETY'},'usageMetadata':{'promptTokenCount':3}}");
        server.then(Scripts.json(200, blocked)).then(stream(false, blocked));

        assertThat(failure(provider.complete("hello"))).isInstanceOf(ContentFilteredException.class);
        assertThat(failure(provider.stream("hello").then())).isInstanceOf(ContentFilteredException.class);
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aFilteredAnswerEndsWithItsReason() {
        String filtered = json("{'candidates':[{'finishReason':'SAFETY','index':0}]}");
        server.then(Scripts.json(200, filtered)).then(stream(false, filtered));

        assertThat(provider.complete("hello").block(PATIENCE).finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).finishReason())
                .isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @Test
    void anEmptyAnswerIsRetriedOnce() {
        server.always(Scripts.json(200, answer("", "MALFORMED_FUNCTION_CALL")));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void anEmptyStreamIsRetriedOnceAndNeverCompletesEmpty() {
        server.always(stream(false, answer("", "STOP")));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aCutAnswerIsRetried() {
        server.then(Scripts.truncated(200, FINE.substring(0, 40))).then(Scripts.json(200, FINE));

        assertThat(provider.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
    }

    @Test
    void anErrorInAStreamBeforeAnyTokenIsRetried() {
        server.then(stream(false, answer("", ""), OVERLOADED))
                .then(Scripts.json(200, "[" + OVERLOADED + "]"))
                .then(stream(false, text("Hel"), last("lo")));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.provenance().attempts()).isEqualTo(3);
    }

    @Test
    void anErrorAfterTokensHasThemAsPartialText() {
        server.always(stream(false, text("Hel"), text("lo"), OVERLOADED));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure).isInstanceOf(OverloadedException.class);
        assertThat(failure.partialText()).isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aStreamThatEndsWithoutAFinishReasonIsIncomplete() {
        server.always(stream(false, text("Hel"), text("lo")));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        assertThat(failure.partialText()).isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aStreamThatEndsBeforeAnyTokenIsRetried() {
        server.then(stream(false)).then(stream(false, answer("", ""))).then(stream(false, last("fine")));

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("fine");
    }

    @Test
    void aConnectionCutWithinAStreamIsAnErrorWithTheTokens() {
        server.always(Scripts.eventsThenCut(text("Hel"), text("lo")));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure.partialText()).isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aConnectionCutAfterTheFinishReasonCutsNothing() {
        server.always(Scripts.eventsThenCut(text("Hel"), last("lo")));

        Completion completion = Completion.from(provider.stream("hello")).block(PATIENCE);

        assertThat(completion.text()).isEqualTo("Hello");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(completion.usage()).isEqualTo(new Usage(7, 23, 0, 0, 20));
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void whereEveryEventHasAFinishReasonACutConnectionIsAnError() {
        server.always(Scripts.eventsThenCut(last("Hel"), last("lo")));

        LlmException failure = failure(provider.stream("hello").then());

        assertThat(failure.partialText()).isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void vertexAsksItsSourceForATokenAndSendsNoKey() {
        server.always(Scripts.json(200, FINE));
        Mono<AccessToken> source = Mono.just(AccessToken.of("ya29.fresh", Instant.MAX));
        LlmConfig keyless = config("vertex", "")
                .option("project", "p-1")
                .authorizer(RequestAuthorizer.bearer(source))
                .build();

        for (LlmConfig config :
                List.of(keyless, keyless.toBuilder().apiKey("stale").build())) {
            try (LlmProvider vertex = Llm.from(config)) {
                assertThat(vertex.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
            }
        }
        assertThat(server.call(1).header("authorization")).isEqualTo("Bearer ya29.fresh");
        assertThat(server.call(2).header("authorization")).isEqualTo("Bearer ya29.fresh");
    }

    @Test
    void aPlainAnswerToAStreamsRequestIsRead() {
        server.then(Scripts.json(200, FINE));

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("fine");
    }

    @Test
    void cancelBeforeTheAnswerClosesTheConnection() {
        server.always(Scripts.silence());

        Disposable call = provider.complete("hello").subscribe();
        server.call(1);
        call.dispose();

        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void cancelInTheBodyClosesTheConnection() {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        server.always(exchange -> {
            exchange.head(200, "content-type: application/json", "content-length: 1000");
            exchange.write(FINE.substring(0, 20));
            begun.complete(null);
            exchange.awaitClientClose();
        });

        Disposable call = provider.complete("hello").subscribe();
        begun.orTimeout(20, TimeUnit.SECONDS).join();
        call.dispose();

        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void cancelDuringTheWaitSendsNothingMore() {
        server.then(Scripts.json(503, OVERLOADED)).always(Scripts.json(200, FINE));
        try (LlmProvider patient = provider(Duration.ofMinutes(1))) {
            Disposable call = patient.complete("hello").subscribe();
            waiting.orTimeout(20, TimeUnit.SECONDS).join();
            call.dispose();

            assertThat(patient.complete("another").block(PATIENCE).text()).isEqualTo("fine");
        }
        assertThat(server.call(2).text()).contains("another");
        assertThat(server.call(2).header("x-retry-count")).isEqualTo("0");
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void cancelInAStreamClosesTheConnection() {
        server.always(Scripts.eventsThenSilence(text("Hel")));

        assertThat(provider.stream("hello").blockFirst(PATIENCE).text()).isEqualTo("Hel");

        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(1);
    }
}
