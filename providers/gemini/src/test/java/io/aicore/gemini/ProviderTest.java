package io.aicore.gemini;

import static io.aicore.gemini.Fixtures.answer;
import static io.aicore.gemini.Fixtures.json;
import static io.aicore.gemini.Fixtures.last;
import static io.aicore.gemini.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.auth.AccessToken;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.ContentFilteredException;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FINE = last("fine");
    private static final String SIGNED = "{'functionCall':{'name':'f','args':{'a':'é'}},'thoughtSignature':'c2ln'}";

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider =
            Llm.from(config("gemini", "/v1beta").apiKey("AQ.k-secret-1").build());

    private LlmConfigBuilder config(String name, String path) {
        return LlmConfig.builder()
                .provider(name)
                .model("gemini-3-m")
                .baseUrl(server.url(path))
                .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)));
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
    private static Script stream(String... events) {
        return exchange -> {
            exchange.head(200, "content-type: text/event-stream", "connection: close");
            exchange.write(framed(events));
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
    void streamsUntilTheConnectionEnds() {
        server.then(stream(text("Hel"), last("lo")));

        List<CompletionChunk> chunks = provider.stream("hello").collectList().block(PATIENCE);

        assertThat(chunks)
                .extracting(CompletionChunk::text)
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("Hel", "lo");
        assertThat(chunks.get(chunks.size() - 1).info().provenance().attempts()).isEqualTo(1);
        assertThat(server.call(1).path()).isEqualTo("/v1beta/models/gemini-3-m:streamGenerateContent?alt=sse");
    }

    @Test
    void aSignatureThatWasStreamedGoesBackWithTheResult() {
        server.then(stream(answer(SIGNED, "STOP"))).then(Scripts.json(200, FINE));

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
    void aBlockedPromptIsNotSentAgain() {
        String blocked = json("{'promptFeedback':{'blockReason':'SAFETY'},'usageMetadata':{'promptTokenCount':3}}");
        server.then(Scripts.json(200, blocked)).then(stream(blocked));

        assertThat(failure(provider.complete("hello"))).isInstanceOf(ContentFilteredException.class);
        assertThat(failure(provider.stream("hello").then())).isInstanceOf(ContentFilteredException.class);
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aFilteredAnswerEndsWithItsReason() {
        String filtered = json("{'candidates':[{'finishReason':'SAFETY','index':0}]}");
        server.then(Scripts.json(200, filtered)).then(stream(filtered));

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
}
