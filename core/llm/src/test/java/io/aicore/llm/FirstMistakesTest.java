package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.config.Secret;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.error.InvalidRequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What newcomers write in their first hour, and what they are told. */
class FirstMistakesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LLM_RETRY_MAX_ATTEMPTS | 3 | LLM_RETRY_MAX_ATTEMPTS: unknown (did you mean LLM_MAX_RETRIES?)",
                "LLM_MAX_ATTEMPTS | 3 | LLM_MAX_ATTEMPTS: unknown (did you mean LLM_MAX_RETRIES?)",
                "LLM_URL | http://h/v1 | LLM_URL: unknown (did you mean LLM_BASE_URL?)",
                "LLM_ENDPOINT | http://h/v1 | LLM_ENDPOINT: unknown (did you mean LLM_BASE_URL?)",
                "LLM_API_KEY | \"sk-123\" | LLM_API_KEY: REDACTED (expected: the key without the quotes around it)",
                "LLM_API_KEY | $OPENAI_API_KEY | LLM_API_KEY: REDACTED (expected: the key itself, and not the name of the"
                        + " variable that holds it)",
                "LLM_API_KEY | ${OPENAI_API_KEY} | LLM_API_KEY: REDACTED (expected: the key itself, and not the name of the"
                        + " variable that holds it)",
                "LLM_DEADLINE | 1e308 | LLM_DEADLINE: '1e308' (expected: a number of seconds <= 31536000)",
                "LLM_DEADLINE | 1e30 | LLM_DEADLINE: '1e30' (expected: a number of seconds <= 31536000)",
                "LLM_BASE_URL | http://my_llm:80/v1 | LLM_BASE_URL: 'http://my_llm:80/v1' (expected: an http or https URL; no"
                        + " host name has an underscore, so give this one an alias without '_')",
            })
    void aVariable(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromEnvironment(Map.of(name, value)))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LLM_TIMEOUT", "LLM_RETRIES", "LLM_HTTP_PROXY", "LLM_TOKEN", "LLM_HTTP_MAX_CONNECTIONS"})
    void aVariableThatOtherProgramsMayHaveStopsNothing(String name) {
        assertThat(LlmConfig.fromEnvironment(Map.of(name, "3")).provider()).isEqualTo("openai");
    }

    @Test
    void anAddressByAnotherNameIsLeftAloneBesideOurs() {
        assertThat(LlmConfig.fromEnvironment(Map.of("LLM_URL", "http://h/a", "LLM_BASE_URL", "http://h/v1"))
                        .baseUrl())
                .hasToString("http://h/v1");
        assertThat(LlmConfig.builder()
                        .baseUrl("http://h/v1")
                        .fromEnvironment(Map.of("LLM_URL", "http://h/a"))
                        .build()
                        .baseUrl())
                .hasToString("http://h/v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry: {a: 1} | retry: unknown (did you mean retry_settings?)",
                "http: {a: 1} | http: unknown (did you mean http_settings?)",
                "timeout: 30 | timeout: unknown (did you mean deadline for the whole call, or attempt_timeout for one attempt?)",
                "timeouts: {a: 1} | timeouts: unknown (did you mean deadline, connect_timeout, first_token_timeout,"
                        + " first_content_timeout, idle_timeout or attempt_timeout, each at the top?)",
                "max_retries: 3 | max_retries: unknown (did you mean retry_settings.max_retries?)",
                "top_p: 1 | top_p: unknown (expected: on the request, as CompletionRequest.builder().topP(…))",
                "url: x | url: unknown (did you mean base_url?)",
                "retry_settings: {enabled: false} | retry_settings.enabled: unknown (expected: retry_settings.max_retries, 0"
                        + " for none)",
                "retry_settings: {tries_at_most: 3} | retry_settings.tries_at_most: unknown (expected one of: backoff_factor,"
                        + " budget, deadline, initial_delay, jitter, max_attempts, max_delay, max_retries, max_server_delay)",
                "api_key: $OPENAI_API_KEY | api_key: REDACTED (expected: the key itself, and not the name of the variable that"
                        + " holds it)",
                "api_key: '\"sk-1\"' | api_key: REDACTED (expected: the key without the quotes around it)",
                "deadline: 1e308 | deadline: '1e308' (expected: a number of seconds <= 31536000)",
                "provider:openai | line 1: no space behind the colon (expected: key: value)",
            })
    void aKeyOfAFile(String yaml, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(yaml, Map.of()))
                .withMessage("c.yaml: " + message);
    }

    @Test
    void aKeyThatIsLikeNoneNamesThoseThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("colour: red", Map.of()))
                .withMessageStartingWith(
                        "c.yaml: colour: unknown (expected one of: admission_settings, api_key, attempt_timeout, base_url, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: a\\nretry_settings:\\n\\tmax_retries: 3\\n | line 3: a tab (expected: spaces before a key)",
                "model: a\\nprovider:openai\\nmax_tokens: 3\\n | line 2: no space behind the colon (expected: key: value)",
            })
    void aFaultOfAFileNamesTheLineThatIsWrong(String yaml, String message) {
        String text = yaml.replace("\\n", "\n").replace("\\t", "\t");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text, Map.of()))
                .withMessage("c.yaml: " + message);
    }

    @Test
    void theRootKeyStandsInAnyFileOfOtherPrograms() {
        String application = """
                spring:
                  profiles:
                    include: [a, b]
                  anchors: &shared {a: 1}
                  same: *shared
                headers: [x]
                ---
                llm:
                  model: m
                  api_key: ${KEY:-${OTHER:-none}}
                again: {port: 80}
                ---
                - a list
                """;

        LlmConfig config = read(application, Map.of("OTHER", "key-1"));

        assertThat(config.model()).isEqualTo("m");
        assertThat(config.apiKey()).isEqualTo(Secret.of("key-1"));
    }

    @Test
    void theRootKeyStandsOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("llm: {model: a}\n---\nllm: {model: b}\n", Map.of()))
                .withMessageContaining("llm: line 3")
                .withMessageContaining("this key once in all documents");
    }

    /** The seed's name and the plain one. */
    @ParameterizedTest
    @ValueSource(strings = {"max_attempts", "max_retries"})
    void retriesGoByTwoNames(String name) {
        assertThat(read("retry_settings: {" + name + ": 1}", Map.of())
                        .retrySettings()
                        .maxRetries())
                .isEqualTo(1);
    }

    @Test
    void wholeNumbersCompileWhereDecimalsAndLongsAreMeant() {
        CompletionRequest request = CompletionRequest.builder()
                .user(Content.text("a"), Content.text("b"))
                .temperature(0)
                .topP(1)
                .seed(42)
                .build();

        assertThat(request.sampling()).isEqualTo(new Sampling(0.0, 1.0, null, List.of(), 42L));
        assertThat(request.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.content()).hasSize(2));
    }

    static Stream<Arguments> nulls() {
        Map<String, String> empty = new HashMap<>();
        LlmConfigBuilder builder = LlmConfig.builder();
        return Stream.of(
                wrong(
                        () -> builder.apiKey(empty.get("X")),
                        "apiKey: null (expected: a key; the environment variable it is read from is not set, as LLM_API_KEY)"),
                wrong(() -> builder.apiKey(" "), "apiKey: '' (expected: a key)"),
                wrong(
                        () -> builder.apiKey("'sk-1'"),
                        "apiKey: REDACTED (expected: the key without the quotes around it)"),
                wrong(
                        () -> builder.model(empty.get("X")),
                        "model: null (expected: a value; LLM_MODEL in the environment sets it too)"),
                wrong(
                        () -> builder.provider(empty.get("X")),
                        "provider: null (expected: a value; LLM_PROVIDER in the environment sets it too)"),
                wrong(
                        () -> builder.baseUrl(empty.get("X")),
                        "baseUrl: null (expected: a value; LLM_BASE_URL in the environment sets it too)"),
                wrong(() -> builder.model(" "), "model: ' ' (expected: a text)"),
                wrong(() -> CompletionRequest.of(empty.get("X")), "prompt: null (expected: a text)"),
                wrong(() -> CompletionRequest.of(" "), "prompt: '' (expected: a text)"),
                wrong(() -> CompletionRequest.builder().user(empty.get("X")), "text: null (expected: a text)"));
    }

    private static Arguments wrong(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void aNullOrABlank(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    static Stream<Arguments> suspicions() {
        return Stream.of(
                suspicion(() -> read("", Map.of()), "c.yaml: no settings in this file"),
                suspicion(() -> read("# api_key: sk-x\n---\n", Map.of()), "c.yaml: no settings in this file"),
                suspicion(() -> read("spring: {port: 1}\nllm:\n", Map.of()), "c.yaml: no settings in this file"),
                suspicion(
                        () -> read("idle_timeout: 30000", Map.of()),
                        "c.yaml: idle_timeout: 30000 seconds are 8 h 20 min; for milliseconds write 30.0"),
                suspicion(
                        () -> LlmConfig.fromEnvironment(Map.of("LLM_CONNECT_TIMEOUT", "5000")),
                        "LLM_CONNECT_TIMEOUT: 5000 seconds are 1 h 23 min; for milliseconds write 5.0"),
                suspicion(
                        () -> read("deadline: 60000", Map.of()),
                        "c.yaml: deadline: 60000 seconds are 16 h 40 min; for milliseconds write 60.0"),
                suspicion(
                        () -> LlmConfig.builder()
                                .apiKey("key-1")
                                .baseUrl("http://gateway.example/v1")
                                .build(),
                        "base_url: the key goes to gateway.example over plain http, where others can read it"));
    }

    private static Arguments suspicion(Supplier<LlmConfig> config, String warning) {
        return Arguments.of(config, warning);
    }

    @ParameterizedTest
    @MethodSource("suspicions")
    void whatCanHardlyBeMeantIsWarnedOf(Supplier<LlmConfig> config, String warning) {
        assertThat(config.get().warnings()).isEqualTo(List.of(warning));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"idle_timeout: 120", "deadline: 3600", "{api_key: k, base_url: 'http://127.0.0.1:8000/v1'}"})
    void whatMayWellBeMeantIsNot(String yaml) {
        assertThat(read(yaml, Map.of()).warnings()).isEmpty();
    }

    @Test
    void embeddingsWithAModelForCompletionsAloneSayWhichSettingIsMissing() {
        LlmConfig config = LlmConfig.builder().model("gpt-4o-mini").build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> config.defaults().fill(EmbeddingRequest.of("a")))
                .withMessageContaining("embeddingModel: not set (expected: a model for embeddings in the request, in"
                        + " embeddingModel(…) or in LLM_EMBEDDING_MODEL; 'gpt-4o-mini' is for completions)");
    }

    private static LlmConfig read(String yaml, Map<String, String> variables) {
        return LlmConfig.builder().fromYaml("c.yaml", yaml, variables).build();
    }
}
