package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a provider quotes of a request is in no failure, wherever in the request it stood; over real sockets. */
class SecretsInFailuresTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TEXT = "the merger of ACME and Bolt is planned for May";

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Arguments> requests() {
        Message call = Message.calls(new ToolCall("c1", "weather", "{\"q\":\"" + TEXT + "\"}"));
        return Stream.of(
                request("user text", ask -> ask.user(TEXT)),
                request("system text", ask -> ask.system(TEXT).user("hi")),
                request("tool result", ask -> ask.user("hi").message(call).message(Message.tool("c1", TEXT))),
                request("arguments", ask -> ask.user("hi").message(call).message(Message.tool("c1", "ok"))),
                request("metadata", ask -> ask.user("hi").metadata("note", TEXT)),
                request("extra", ask -> ask.user("hi").extra("user", TEXT)),
                request("nested extra", ask -> ask.user("hi").extra("a", List.of(Map.of("b", List.of(TEXT))))),
                request("stop", ask -> ask.user("hi").stop(TEXT)),
                request("tool", ask -> ask.user("hi").tools(Tool.of("t", TEXT, Map.of()))));
    }

    private static Arguments request(String name, java.util.function.UnaryOperator<CompletionRequestBuilder> filled) {
        return Arguments.of(name, filled.apply(CompletionRequest.builder()).build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void noWordsOfTheCaller(String where, CompletionRequest request) {
        server.always(Scripts.json(400, "Invalid value: '" + TEXT + "'."));
        WireProvider provider = provider(server.url("/v1"), LlmConfig.builder());

        assertThat(failure(provider.complete(request)))
                .hasMessageContaining("Invalid value: 'REDACTED'")
                .hasMessageNotContainingAny("ACME", "merger");
        provider.dispose();
    }

    @Test
    void noWordsOfATextToEmbed() {
        List<String> texts = CallerWords.of(EmbeddingRequest.of(TEXT));

        assertThat(texts).containsExactly(TEXT);
    }

    @Test
    void noCredentialOfAHeaderOrOfTheBaseUrlsQuery() {
        server.always(Scripts.json(403, "sent: header-0123456789 and query-0123456789 of app-name-1"));
        URI address = URI.create(server.url("/v1") + "?sig=query-0123456789&api-version=2026-10-01");
        WireProvider provider = provider(
                address,
                LlmConfig.builder()
                        .baseUrl(address)
                        .header("x-gateway-token", "header-0123456789")
                        .header("x-title", "app-name-1"));

        assertThat(failure(provider.complete("hello")))
                .hasMessageContaining("sent: REDACTED and REDACTED of app-name-1");
        provider.dispose();
    }

    @Test
    void theNameOfACircuitIsWithoutTheBaseUrlsQuery() {
        WireProvider provider = provider(URI.create(server.url("/v1") + "?key=query-0123456789"), LlmConfig.builder());

        assertThat(provider.circuit("m").name()).contains("/v1").doesNotContain("?", "query-");
        provider.dispose();
    }

    @Test
    void noNameHasTheBaseUrlsUserInfo() {
        ScriptedProvider provider = ScriptedProvider.create(
                config -> config.baseUrl(URI.create("https://user:pass-0@llm.example/v1?key=query-0")));

        assertThat(List.of(provider.circuit("m").name(), provider.admission().name()))
                .allSatisfy(
                        name -> assertThat(name).contains("//llm.example/v1").doesNotContain("pass", "query"));
    }

    private static WireProvider provider(URI address, LlmConfigBuilder settings) {
        LlmConfig config = settings.provider("line")
                .model("m")
                .apiKey("key-0123456789")
                .retrySettings(retry -> retry.maxRetries(0))
                .build();
        return WireProvider.create(config, "line", address, new LineCodec());
    }

    private static LlmException failure(Mono<?> call) {
        LlmException[] seen = new LlmException[1];
        StepVerifier.create(call.timeout(PATIENCE))
                .consumeErrorWith(error -> seen[0] = (LlmException) error)
                .verify(PATIENCE);
        return seen[0];
    }
}
