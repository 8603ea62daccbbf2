package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.config.Secret;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LlmConfigPrecedenceTest {

    private static void code(LlmConfigBuilder builder) {
        builder.model("code")
                .header("X-A", "code")
                .option("a", "code")
                .retrySettings(settings -> settings.maxRetries(1));
    }

    private static void environment(LlmConfigBuilder builder) {
        builder.fromEnvironment(Map.of(
                "LLM_MODEL", "environment",
                "LLM_MAX_RETRIES", "2",
                "LLM_RETRY_INITIAL_DELAY", "2",
                "LLM_OPTION_A", "environment",
                "LLM_OPTION_B", "environment"));
    }

    private static void file(LlmConfigBuilder builder) {
        String yaml = """
                model: file
                retry_settings: {max_attempts: 3, initial_delay: 3, max_delay: 33}
                headers: {x-a: file, x-b: file}
                options: {a: file, b: file, c: file}
                """;
        builder.fromYaml("c.yaml", yaml, Map.of());
    }

    static Stream<List<Consumer<LlmConfigBuilder>>> everyOrder() {
        Consumer<LlmConfigBuilder> code = LlmConfigPrecedenceTest::code;
        Consumer<LlmConfigBuilder> environment = LlmConfigPrecedenceTest::environment;
        Consumer<LlmConfigBuilder> file = LlmConfigPrecedenceTest::file;
        return Stream.of(
                List.of(code, environment, file),
                List.of(code, file, environment),
                List.of(environment, code, file),
                List.of(environment, file, code),
                List.of(file, code, environment),
                List.of(file, environment, code));
    }

    @ParameterizedTest
    @MethodSource("everyOrder")
    void codeBeatsEnvironmentBeatsFileBeatsDefaultInWhateverOrderTheyAreGiven(List<Consumer<LlmConfigBuilder>> order) {
        LlmConfigBuilder builder = LlmConfig.builder();
        order.forEach(step -> step.accept(builder));
        LlmConfig config = builder.build();

        assertThat(config.model()).isEqualTo("code");
        assertThat(config.retrySettings())
                .isEqualTo(RetrySettings.defaults()
                        .maxRetries(1)
                        .maxDelay(Duration.ofSeconds(33))
                        .initialDelay(Duration.ofSeconds(2))
                        .deadline(Duration.ofMinutes(10)));
        assertThat(config.headers()).isEqualTo(Map.of("x-a", "code", "x-b", "file"));
        assertThat(config.options()).isEqualTo(Map.of("a", "code", "b", "environment", "c", "file"));
    }

    @ParameterizedTest
    @EnumSource
    void theEnvironmentBeatsTheFileForEverySetting(SettingTable row) {
        String other = other(row);
        LlmConfigBuilder builder = LlmConfig.builder().fromYaml("c.yaml", row.yaml(other), Map.of());
        assertThat(row.isIn(builder.build())).isFalse();

        builder.fromEnvironment(Map.of(row.variable, row.text));
        assertThat(row.isIn(builder.build())).isTrue();
    }

    @Test
    void oneCallBeatsCode() {
        LlmConfig config =
                LlmConfig.builder().model("code").temperature(1).maxTokens(10).build();
        CompletionRequest request = CompletionRequest.builder()
                .user("Hi")
                .model("call")
                .temperature(0.5)
                .build();

        CompletionRequest sent = config.defaults().fill(request);

        assertThat(sent.model()).isEqualTo("call");
        assertThat(sent.sampling().temperature()).isEqualTo(0.5);
        assertThat(sent.sampling().maxTokens()).isEqualTo(10);
        assertThat(sent.messages()).isEqualTo(request.messages());
    }

    @Test
    void aGroupSetAsAWholeInCodeLeavesNothingToTheEnvironment() {
        LlmConfig config = LlmConfig.builder()
                .fromEnvironment(Map.of("LLM_MAX_RETRIES", "9", "LLM_IDLE_TIMEOUT", "9", "LLM_RETRY_JITTER", "none"))
                .retrySettings(RetrySettings.defaults())
                .timeouts(Timeouts.defaults())
                .build();

        assertThat(config.retrySettings()).isEqualTo(RetrySettings.defaults().deadline(Duration.ofMinutes(10)));
        assertThat(config.timeouts()).isEqualTo(Timeouts.defaults());
    }

    @Test
    void retrySettingsWithoutDeadlineKeepTheOneSaidElsewhere() {
        LlmConfigBuilder builder = LlmConfig.builder().retrySettings(RetrySettings.defaults());
        assertThat(builder.build().retrySettings().deadline()).hasMinutes(10);

        builder.fromEnvironment(Map.of("LLM_DEADLINE", "30"));
        assertThat(builder.build().retrySettings().deadline()).hasSeconds(30);

        builder.deadline(Duration.ofSeconds(5));
        assertThat(builder.build().retrySettings().deadline()).hasSeconds(5);
    }

    @Test
    void theVendorsOwnVariablesStandBelowTheFile() {
        LlmConfig config = LlmConfig.builder()
                .fromYaml("c.yaml", "api_key: file\nbase_url: http://file/\n", Map.of())
                .fromEnvironment(Map.of("OPENAI_API_KEY", "vendor", "OPENAI_BASE_URL", "http://vendor/"))
                .build();

        assertThat(config.apiKey()).isEqualTo(Secret.of("file"));
        assertThat(config.baseUrl()).isEqualTo(URI.create("http://file/"));
    }

    @Test
    void theProviderOfTheFileSaysWhoseKeyIsTaken() {
        LlmConfig config = LlmConfig.builder()
                .fromYaml("c.yaml", "provider: groq", Map.of())
                .fromEnvironment(Map.of("OPENAI_API_KEY", "o", "GROQ_API_KEY", "g"))
                .build();

        assertThat(config.apiKey()).isEqualTo(Secret.of("g"));
    }

    @Test
    void aLaterFileAndALaterEnvironmentWinOverEarlierOnes() {
        LlmConfig config = LlmConfig.builder()
                .fromYaml("a.yaml", "model: a\nmax_tokens: 1", Map.of())
                .fromYaml("b.yaml", "model: b", Map.of())
                .fromEnvironment(Map.of("LLM_TEMPERATURE", "1", "LLM_IDLE_TIMEOUT", "1"))
                .fromEnvironment(Map.of("LLM_TEMPERATURE", "0.5"))
                .build();

        assertThat(config.model()).isEqualTo("b");
        assertThat(config.maxTokens()).isEqualTo(1);
        assertThat(config.temperature()).isEqualTo(0.5);
        assertThat(config.timeouts().idle()).hasSeconds(1);
    }

    private static String other(SettingTable row) {
        return switch (row) {
            case LLM_RETRY_COUNT_HEADER,
                    LLM_CIRCUIT_ENABLED,
                    LLM_ADMISSION_ENABLED,
                    LLM_RETRY_BUDGET,
                    LLM_GZIP,
                    LLM_REQUEST_CHECKS -> "true";
            case LLM_ADMISSION_PRESET -> "standard";
            case LLM_MODELS_FILE -> "src/test/resources/io/aicore/llm/no-models.json";
            case LLM_RETRY_JITTER -> "none";
            case LLM_CIRCUIT_MODE -> "normal";
            case LLM_BASE_URL, LLM_PROXY -> "http://other:99";
            case LLM_PROVIDER, LLM_API_KEY, LLM_MODEL -> "other";
            case LLM_RETRY_MAX_DELAY, LLM_CIRCUIT_MAX_OPEN_TIME -> "99";
            default -> "1";
        };
    }
}
