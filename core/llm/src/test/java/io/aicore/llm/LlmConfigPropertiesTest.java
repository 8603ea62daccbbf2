package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmConfigPropertiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retry_settings.initial_delay",
                "retry-settings.initial-delay",
                "retrySettings.initialDelay",
                "retry.settings.initial.delay"
            })
    void readsEverySpellingOfAName(String name) {
        assertThat(read(Map.of(name, " 0.25 ")).retrySettings().initialDelay()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void readsHeadersAndOptionsByTheirNames() {
        LlmConfig config =
                read(Map.of("headers.X-Team", "blue", "options.api-version", "v2", "options.api_region", "eu"));

        assertThat(config.headers()).containsEntry("X-Team", "blue");
        assertThat(config.options()).containsEntry("api_version", "v2").containsEntry("api_region", "eu");
    }

    @Test
    void takesBlankValuesAndEmptyGroupsForNothing() {
        LlmConfig config = read(Map.of("model", " ", "retry-settings", "", "headers", ""));

        assertThat(config.model()).isNull();
        assertThat(config.retrySettings()).isEqualTo(LlmConfig.builder().build().retrySettings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            idle-timeout                | 30s  | aicore.idle-timeout: '30s' (expected: a number of seconds > 0
            retry_settings.max_attempts | many | aicore.retry_settings.max_attempts: 'many' (expected: a whole number
            max-retries                 | 3    | aicore.max-retries: unknown (did you mean retry_settings.max_retries?)
            retry-settings.initialDelai | 3    | did you mean aicore.retry_settings.initial_delay?
            baseUrls                    | x    | did you mean aicore.base_url?
            color.of.it                 | red  | aicore.color: unknown (expected one of: admission_settings, api_key, attempt_timeout,
            retry-settings.color.of     | red  | aicore.retry-settings.color: unknown (expected one of: backoff_factor,
            retry_settings              | 3    | aicore.retry_settings: a single value (expected: keys below it)
            """)
    void complaintsNameTheProperty(String name, String text, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of(name, text)))
                .withMessageContaining(complaint);
    }

    @Test
    void refusesTwoSpellingsOfOneSetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("base-url", "http://a", "base_url", "http://b")))
                .withMessage("aicore.base_url: beside aicore.base-url (expected: one of the two)");
    }

    @Test
    void showsNoSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("api_key", "$SECRET_OF_MINE")))
                .withMessageStartingWith("aicore.api_key: REDACTED");
    }

    @Test
    void standsBelowCodeAndAboveTheEnvironmentAndTheFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("llm.yml"), "model: file\nmax_tokens: 1\n");
        LlmConfig config = LlmConfig.builder()
                .temperature(0.5)
                .fromProperties("", Map.of("model", "properties", "temperature", "1", "api-key", "of-properties"))
                .fromEnvironment(Map.of("LLM_MODEL", "environment", "LLM_API_KEY", "k", "OPENAI_API_KEY", "v"))
                .fromYaml(file, Map.of())
                .build();

        assertThat(config.model()).isEqualTo("properties");
        assertThat(config.temperature()).isEqualTo(0.5);
        assertThat(config.maxTokens()).isEqualTo(1);
        assertThat(config.apiKey().reveal()).isEqualTo("of-properties");
    }

    private static LlmConfig read(Map<String, String> properties) {
        return LlmConfig.builder().fromProperties("aicore", properties).build();
    }
}
