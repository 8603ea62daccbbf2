package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.config.Secret;
import io.aicore.llm.config.SettingNames;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmConfigEnvironmentTest {

    @Test
    void theTableOfTheseTestsKnowsEverySetting() {
        assertThat(Arrays.stream(SettingTable.values()).map(row -> row.variable))
                .containsExactlyInAnyOrderElementsOf(SettingNames.variables());
        assertThat(Arrays.stream(SettingTable.values()).map(row -> row.path))
                .containsExactlyInAnyOrderElementsOf(SettingNames.paths());
    }

    @ParameterizedTest
    @EnumSource
    void readsTheVariable(SettingTable row) {
        assertThat(row.isIn(LlmConfig.fromEnvironment(Map.of()))).isFalse();
        assertThat(row.isIn(LlmConfig.fromEnvironment(Map.of(row.variable, row.text))))
                .isTrue();
        assertThat(row.isIn(LlmConfig.fromEnvironment(Map.of(row.variable, " " + row.text + " "))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aBlankVariableIsAsIfUnset(SettingTable row) {
        LlmConfig config = LlmConfig.fromEnvironment(Map.of(row.variable, "  "));

        assertThat(config).hasToString(LlmConfig.builder().build().toString());
        assertThat(row.isIn(config)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "LLM_PROVIDER            | a b        | LLM_PROVIDER: 'a b' (expected: a name, as openai)",
                "LLM_BASE_URL            | h/v1       | LLM_BASE_URL: 'h/v1' (expected: an http or https URL)",
                "LLM_BASE_URL            | ftp://h    | LLM_BASE_URL: 'ftp://h' (expected: an http or https URL)",
                "LLM_TEMPERATURE         | 2.1        | LLM_TEMPERATURE: 2.1 (expected: a number from 0 to 2)",
                "LLM_TEMPERATURE         | NaN        | LLM_TEMPERATURE: 'NaN' (expected: a number from 0 to 2)",
                "LLM_MAX_TOKENS          | 0          | LLM_MAX_TOKENS: 0 (expected: a whole number >= 1)",
                "LLM_MAX_TOKENS          | 1.5        | LLM_MAX_TOKENS: 1.5 (expected: a whole number >= 1)",
                "LLM_MAX_TOKENS          | 9999999999 | LLM_MAX_TOKENS: 9999999999 (expected: a whole number <= 2147483647)",
                "LLM_MAX_TOKENS          | 1e999999999 | LLM_MAX_TOKENS: '1e999999999' (expected: a whole number >= 1)",
                "LLM_RETRY_COUNT_HEADER  | yes        | LLM_RETRY_COUNT_HEADER: 'yes' (expected: true or false)",
                "LLM_DEADLINE            | 0          | LLM_DEADLINE: 0 (expected: a number of seconds > 0)",
                "LLM_DEADLINE            | 2m         | LLM_DEADLINE: '2m' (expected: a number of seconds > 0)",
                "LLM_CONNECT_TIMEOUT     | 1e5        | LLM_CONNECT_TIMEOUT: '1e5' (expected: a number of seconds <= 86400)",
                "LLM_MAX_RETRIES         | abc        | LLM_MAX_RETRIES: 'abc' (expected: a whole number >= 0)",
                "LLM_MAX_RETRIES         | -1         | LLM_MAX_RETRIES: -1 (expected: a whole number >= 0)",
                "LLM_RETRY_INITIAL_DELAY | -0.5       | LLM_RETRY_INITIAL_DELAY: -0.5 (expected: a number of seconds >= 0)",
                "LLM_RETRY_BACKOFF_FACTOR | 0.5       | LLM_RETRY_BACKOFF_FACTOR: 0.5 (expected: a number >= 1)",
                "LLM_RETRY_JITTER        | some       | LLM_RETRY_JITTER: 'some' (expected: none, full, equal, decorrelated,"
                        + " proportional or proportional:<0 to 1>)",
                "LLM_CIRCUIT_MODE        | hard       | LLM_CIRCUIT_MODE: 'hard' (expected: normal or soft)",
                "LLM_CIRCUIT_FAILURE_RATE | 0         | LLM_CIRCUIT_FAILURE_RATE: 0 (expected: a number > 0 and <= 1)",
                "LLM_CIRCUIT_WINDOW      | 0.001      | LLM_CIRCUIT_WINDOW: 0.001 (expected: a number of seconds >= 0.01)",
                "LLM_PROXY               | proxy      | LLM_PROXY: 'proxy' (expected: a proxy's address, as http://host:port)",
                "LLM_PROXY               | http://p   | LLM_PROXY: 'http://p' (expected: a proxy's address, as http://host:port)",
            })
    void aWrongValueNamesTheVariableTheValueAndWhatIsExpected(String variable, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromEnvironment(Map.of(variable, value)))
                .withMessage(message)
                .withNoCause();
    }

    @Test
    void aValueOfManyLinesIsShownOnOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromEnvironment(Map.of("LLM_MAX_RETRIES", "a\nb" + "c".repeat(100))))
                .withMessage("LLM_MAX_RETRIES: 'a?b" + "c".repeat(57) + "…' (expected: a whole number >= 0)");
    }

    @Test
    void delaysThatContradictEachOtherAreBothNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromEnvironment(Map.of("LLM_RETRY_INITIAL_DELAY", "15")))
                .withMessage("LLM_RETRY_INITIAL_DELAY: 15 (expected: at most retry_settings.max_delay, 10 by default)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromEnvironment(Map.of("LLM_RETRY_MAX_DELAY", "0.5")))
                .withMessage(
                        "LLM_RETRY_MAX_DELAY: 0.5 (expected: at least retry_settings.initial_delay, 1 by default)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromEnvironment(
                        Map.of("LLM_CIRCUIT_MAX_OPEN_TIME", "5", "LLM_CIRCUIT_OPEN_TIME", "6")))
                .withMessage("LLM_CIRCUIT_MAX_OPEN_TIME: 5 (expected: at least LLM_CIRCUIT_OPEN_TIME, 6)");
    }

    @Test
    void anOpenTimeAboveTheLongestRaisesIt() {
        LlmConfig config = LlmConfig.fromEnvironment(Map.of("LLM_CIRCUIT_OPEN_TIME", "20"));

        assertThat(config.circuitSettings().maxOpenTime()).hasSeconds(20);
    }

    @ParameterizedTest
    @CsvSource({
        "LLM_MAX_RETRYS, LLM_MAX_RETRIES",
        "LLM_MODLE, LLM_MODEL",
        "LLM_APIKEY, LLM_API_KEY",
        "LLM_RETRY_MAX_DELY, LLM_RETRY_MAX_DELAY",
        "LLM_CIRCUIT_OPENTIME, LLM_CIRCUIT_OPEN_TIME",
        "LLM_MAX_TRIES, LLM_MAX_RETRIES",
    })
    void aMisspeltVariableNamesTheNearestOne(String variable, String nearest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromEnvironment(Map.of(variable, "secret-5")))
                .withMessage(variable + ": unknown (did you mean " + nearest + "?)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LLM_HOME", "LLM_CACHE_DIR", "LLM_USER_PATH", "LLMX", "OTHER_MAX_RETRYS", "llm_max_retries"})
    void variablesOfOtherProgramsAreLeftAlone(String variable) {
        assertThat(LlmConfig.fromEnvironment(Map.of(variable, "x")))
                .hasToString(LlmConfig.builder().build().toString());
    }

    @Test
    void optionsOfTheProviderTakeTheirNameFromTheVariable() {
        LlmConfig config = LlmConfig.fromEnvironment(
                Map.of("LLM_OPTION_API_VERSION", "2024-10-21", "LLM_OPTION_ORGANIZATION", ""));

        assertThat(config.options()).containsExactly(Map.entry("api_version", "2024-10-21"));
    }

    @ParameterizedTest
    @CsvSource({
        "openai, OPENAI_API_KEY",
        "azure-openai, AZURE_OPENAI_API_KEY",
        "groq, GROQ_API_KEY",
        "mistral, MISTRAL_API_KEY",
        "deepseek, DEEPSEEK_API_KEY",
        "xai, XAI_API_KEY",
        "nvidia, NVIDIA_API_KEY",
        "openrouter, OPENROUTER_API_KEY",
        "zai, ZAI_API_KEY",
        "together, TOGETHER_API_KEY",
        "fireworks, FIREWORKS_API_KEY",
        "cerebras, CEREBRAS_API_KEY",
        "anthropic, ANTHROPIC_API_KEY",
        "gemini, GEMINI_API_KEY",
        "gemini, GOOGLE_API_KEY",
        "cohere, COHERE_API_KEY",
    })
    void theVendorsOwnKeyIsUsedAndSaysTheProvider(String provider, String variable) {
        LlmConfig alone = LlmConfig.fromEnvironment(Map.of(variable, "k"));
        assertThat(alone.provider()).isEqualTo(provider);
        assertThat(alone.apiKey()).isEqualTo(Secret.of("k"));

        LlmConfig named = LlmConfig.fromEnvironment(Map.of("LLM_PROVIDER", provider, variable, "k"));
        assertThat(named.apiKey()).isEqualTo(Secret.of("k"));
    }

    @Test
    void aProviderNobodyKnowsHasItsKeyByTheSameRule() {
        LlmConfig config = LlmConfig.fromEnvironment(Map.of("LLM_PROVIDER", "my-host", "MY_HOST_API_KEY", "k"));

        assertThat(config.apiKey()).isEqualTo(Secret.of("k"));
    }

    @Test
    void anotherVendorsKeyIsNeverUsed() {
        LlmConfig config = LlmConfig.fromEnvironment(Map.of("LLM_PROVIDER", "groq", "OPENAI_API_KEY", "k"));

        assertThat(config.apiKey()).isNull();
    }

    @Test
    void amongKeysOfSeveralVendorsOpenaiIsTaken() {
        assertThat(LlmConfig.fromEnvironment(Map.of("GROQ_API_KEY", "a", "OPENAI_API_KEY", "b")))
                .extracting(LlmConfig::provider, LlmConfig::apiKey)
                .containsExactly("openai", Secret.of("b"));
        assertThat(LlmConfig.fromEnvironment(Map.of("GROQ_API_KEY", "a", "XAI_API_KEY", "b")))
                .extracting(LlmConfig::provider, LlmConfig::apiKey)
                .containsExactly("openai", null);
    }

    @Test
    void ownKeyWinsOverTheVendorsAndSaysNothingOfTheProvider() {
        LlmConfig config = LlmConfig.fromEnvironment(Map.of("LLM_API_KEY", "own", "GROQ_API_KEY", "vendor"));

        assertThat(config.provider()).isEqualTo("openai");
        assertThat(config.apiKey()).isEqualTo(Secret.of("own"));
    }

    @Test
    void theVendorsOwnAddressIsUsed() {
        assertThat(LlmConfig.fromEnvironment(Map.of("OPENAI_BASE_URL", "http://h/v1"))
                        .baseUrl())
                .isEqualTo(URI.create("http://h/v1"));
        assertThat(LlmConfig.fromEnvironment(
                                Map.of("AZURE_OPENAI_ENDPOINT", "https://r.azure.com", "AZURE_OPENAI_API_KEY", "k"))
                        .baseUrl())
                .isEqualTo(URI.create("https://r.azure.com"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromEnvironment(Map.of("OPENAI_BASE_URL", "h")))
                .withMessage("OPENAI_BASE_URL: 'h' (expected: an http or https URL)");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"LLM_MAX_RETRIES", "LLM_RETRY_INITIAL_DELAY", "LLM_RETRY_MAX_DELAY", "LLM_RETRY_BACKOFF_FACTOR"})
    void agreesWithWhatRetryReadsItself(SettingTable row) {
        Map<String, String> variables = Map.of(row.variable, row.text);

        assertThat(RetrySettings.fromEnvironment(
                        variables, RetrySettings.defaults().deadline(Duration.ofMinutes(10))))
                .isEqualTo(LlmConfig.fromEnvironment(variables).retrySettings());
    }
}
