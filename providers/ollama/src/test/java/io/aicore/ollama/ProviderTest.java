package io.aicore.ollama;

import static io.aicore.ollama.Fixtures.done;
import static io.aicore.ollama.Fixtures.error;
import static io.aicore.ollama.Fixtures.hello;
import static io.aicore.ollama.Fixtures.streamed;
import static io.aicore.ollama.Fixtures.text;
import static io.aicore.ollama.Fixtures.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FINE = done(text("fine"), "stop");

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = Llm.from(LlmConfig.builder()
            .provider("ollama")
            .model("llama3.2")
            .embeddingModel("embed-small")
            .baseUrl(server.url())
            .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)))
            .build());

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private LlmException failure(Mono<?> call) {
        return catchThrowableOfType(LlmException.class, () -> call.block(PATIENCE));
    }

    @Test
    void answers() {
        server.then(Scripts.json(200, FINE));

        Completion completion = provider.complete("hello").block(PATIENCE);

        assertThat(completion.text()).isEqualTo("fine");
        assertThat(completion.usage()).isEqualTo(Usage.of(7, 4));
        assertThat(server.call(1).path()).isEqualTo("/api/chat");
    }

    @Test
    void aStreamMayComeByteAfterByte() {
        String[] lines = hello();
        lines[0] = Fixtures.line(text("Grüße, 世界 🌍 "));
        byte[] wire = wire(lines);
        server.then(exchange -> {
            exchange.head(200, "content-type: application/x-ndjson", "content-length: " + wire.length);
            exchange.drip(wire);
        });

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("Grüße, 世界 🌍 lo");
    }

    @Test
    void theLastLineNeedsNoLineBreak() {
        byte[] wire = String.join("\r\n", hello()).getBytes(StandardCharsets.UTF_8);
        server.then(streamed(wire));

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aStreamMayBeAnsweredAsAWhole() {
        server.then(Scripts.json(200, FINE));

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("fine");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid options: no_such_option, INVALID_REQUEST, 1",
        "400, \\\"llama3.2\\\" does not support thinking, INVALID_REQUEST, 1",
        "401, unauthorized, AUTHENTICATION, 1",
        "403, this model requires a subscription, BILLING, 1",
        "404, model 'llama3.2' not found, NOT_FOUND, 1",
        "429, you have reached your hourly usage limit, RATE_LIMITED, 3",
        "500, llama runner process has terminated, SERVER_ERROR, 3",
        "502, upstream unreachable, SERVER_ERROR, 3",
        "503, 'server busy, please try again.  maximum pending requests exceeded', OVERLOADED, 3",
    })
    void everyErrorHasItsKind(int status, String message, ErrorCategory category, int calls) {
        server.always(Scripts.json(status, error(message)));

        LlmException failure = failure(provider.complete("hello"));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(server.calls()).isEqualTo(calls);
    }

    @Test
    void anErrorBeforeAnyTokenIsRetried() {
        server.then(streamed(wire(error("an error was encountered while running the model"))))
                .then(streamed(wire(hello())));

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("Hello");
    }

    @Test
    void anErrorAfterTokensIsNot() {
        server.always(
                streamed(wire(hello()[0], error("an error was encountered while running the model"), hello()[1])));

        StepVerifier.create(provider.stream("hello").map(chunk -> chunk.text()))
                .expectNext("Hel")
                .expectErrorSatisfies(error -> {
                    LlmException failure = (LlmException) error;
                    assertThat(failure.category()).isEqualTo(ErrorCategory.SERVER_ERROR);
                    assertThat(failure.partial().text()).isEqualTo("Hel");
                })
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aStreamCutInALineIsIncompleteWithWhatItSaid() {
        byte[] wire = wire(hello());
        server.always(streamed(Arrays.copyOf(wire, wire.length - 20)));

        LlmException failure = failure(Completion.from(provider.stream("hello")));

        assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        assertThat(failure.partial().text()).isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void anImageByAddressIsNotSent() {
        CompletionRequest request = CompletionRequest.builder()
                .message(Message.user(Content.image(URI.create("https://x.test/a.png"))))
                .build();

        assertThat(failure(provider.complete(request))).isInstanceOf(InvalidRequestException.class);
        assertThat(server.calls()).isZero();
    }

    @Test
    void embedsAnyNumberOfTexts() {
        server.always(exchange -> {
            int inputs = Json.read(exchange.call().body()).at("input").size();
            String vectors = String.join(
                    ",",
                    IntStream.range(0, inputs).mapToObj(i -> "[" + i + ",1]").toList());
            exchange.answer(
                    200,
                    "application/json",
                    "{\"model\":\"embed-small\",\"embeddings\":[" + vectors + "],\"prompt_eval_count\":" + inputs
                            + "}");
        });

        Embeddings answer = provider.embed(EmbeddingRequest.of(
                        IntStream.range(0, 300).mapToObj(i -> "text " + i).toList()))
                .block(PATIENCE);

        assertThat(answer.vectors()).hasSize(300);
        assertThat(answer.usage()).isEqualTo(Usage.of(300, 0));
        assertThat(server.calls()).isEqualTo(2);
        assertThat(server.call(1).path()).isEqualTo("/api/embed");
    }
}
