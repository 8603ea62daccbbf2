package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** The thoughts of open models, at the hosts that pass them on as text. */
class ThinkBlocksTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String WRITTEN = "<think>It is simple.</think>\n\nHello";

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private LlmProvider provider(String name, UnaryOperator<LlmConfigBuilder> change) {
        LlmConfigBuilder config = LlmConfig.builder()
                .provider(name)
                .apiKey("sk-0123456789abcdef")
                .model("m-1")
                .baseUrl(server.url())
                .retrySettings(retry -> retry.maxRetries(0));
        return Llm.from(change.apply(config).build());
    }

    private static String json(String text) {
        return "\"" + text.replace("\n", "\\n").replace("\"", "\\\"") + "\"";
    }

    private static String plain(String content) {
        return "{\"id\":\"c\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + json(content) + "},\"finish_reason\":\"stop\"}]}";
    }

    private static String delta(String content) {
        return "{\"id\":\"c\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" + json(content)
                + "},\"finish_reason\":null}]}";
    }

    static Stream<String> hosts() {
        return Hosts.names().stream().filter(name -> Hosts.named(name).dialect() != null);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void areReasoningWhereModelsMayBeOpen(String host) {
        server.then(Scripts.json(200, plain(WRITTEN)));
        boolean text = Set.of("openai", "azure-openai").contains(host);

        Completion answer = provider(host, config -> config).complete("Hi").block(PATIENCE);

        assertThat(answer.text()).isEqualTo(text ? WRITTEN : "Hello");
        assertThat(answer.reasoning()).isEqualTo(text ? null : "It is simple.");
    }

    @ParameterizedTest
    @CsvSource({"openai, reasoning, Hello", "azure-openai, reasoning, Hello", "groq, reasoning, Hello"})
    void theOptionDecides(String host, String option, String expected) {
        server.then(Scripts.json(200, plain(WRITTEN)));

        assertThat(provider(host, config -> config.option("think_blocks", option))
                        .complete("Hi")
                        .block(PATIENCE)
                        .text())
                .isEqualTo(expected);
    }

    record City(String name) {}

    @ParameterizedTest
    @ValueSource(strings = {"<think>It is simple.</think>\n", "<think>It is simple."})
    void aloneTheyAreNoAnswer(String written) {
        server.then(Scripts.json(200, plain(written))).then(Scripts.events(delta(written), finish(), "[DONE]"));
        LlmProvider provider = provider("vllm", config -> config);

        for (Mono<?> call :
                List.of(provider.complete("Hi"), provider.stream("Hi").then())) {
            LlmException failure = failure(call);
            assertThat(failure.code()).isEqualTo("reasoning_only");
            assertThat(failure.retryable()).isFalse();
            assertThat(failure.partial().reasoning()).isEqualTo("It is simple.");
        }
    }

    @Test
    void anEmptyBlockAloneIsAnEmptyAnswer() {
        server.then(Scripts.json(200, plain("<think>\n</think>")))
                .then(Scripts.events(delta("<think>\n</think>"), finish(), "[DONE]"));
        LlmProvider provider = provider("vllm", config -> config);

        assertThat(failure(provider.complete("Hi")).code()).isEqualTo("empty_completion");
        assertThat(failure(provider.stream("Hi").then()).code()).isEqualTo("empty_completion");
    }

    @Test
    void aRecordIsFoundInABlockThatIsNeverClosed() {
        server.then(Scripts.json(200, plain("<think>So: {\"name\":\"Ulm\"}")));

        assertThat(provider("vllm", config -> config)
                        .complete("Hi", City.class)
                        .block(PATIENCE)
                        .value())
                .isEqualTo(new City("Ulm"));
    }

    @Test
    void theResponsesApiIsNoDifferent() {
        server.then(Scripts.json(
                200,
                "{\"id\":\"r\",\"model\":\"m-1\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"role\":"
                        + "\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":" + json(WRITTEN) + "}]}]}"));

        assertThat(provider("vllm", config -> config.option("api", "responses"))
                        .complete("Hi")
                        .block(PATIENCE)
                        .reasoning())
                .isEqualTo("It is simple.");
    }

    @Test
    void aStreamThatBreaksHasWhatCameOfBoth() {
        server.then(Scripts.events(delta("<think>It is "), delta("simple.</think>"), delta("\n\nHel")));

        LlmException failure =
                failure(provider("vllm", config -> config).stream("Hi").then());

        assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        assertThat(failure.partialText()).isEqualTo("Hel");
        assertThat(failure.partial().reasoning()).isEqualTo("It is simple.");
    }

    @Test
    void aStreamThatBreaksBeforeAnyContentIsAskedForAgain() {
        server.then(Scripts.events(delta("<thi")))
                .then(Scripts.events(delta("<thi"), delta("nk>a</think>b"), delta("c<"), finish(), "[DONE]"));

        Completion answer = Completion.from(provider(
                        "vllm",
                        config -> config.retrySettings(
                                retry -> retry.maxRetries(1).initialDelay(Duration.ofMillis(1))))
                        .stream("Hi"))
                .block(PATIENCE);

        assertThat(answer.text()).isEqualTo("bc<");
        assertThat(answer.reasoning()).isEqualTo("a");
    }

    @Test
    void everyPieceIsPassedOnAsItComes() {
        server.then(Scripts.events(
                delta("<think>"),
                delta("One "),
                delta("two"),
                delta("</think>"),
                delta("\n\n"),
                delta("Hel"),
                delta("lo"),
                finish(),
                "[DONE]"));

        List<CompletionChunk> chunks =
                provider("vllm", config -> config).stream("Hi").collectList().block(PATIENCE);

        assertThat(chunks)
                .extracting(CompletionChunk::reasoning)
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("One", " two");
        assertThat(chunks)
                .extracting(CompletionChunk::text)
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("Hel", "lo");
    }

    private static String finish() {
        return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    }

    private static LlmException failure(Mono<?> call) {
        return catchThrowableOfType(LlmException.class, () -> call.block(PATIENCE));
    }
}
