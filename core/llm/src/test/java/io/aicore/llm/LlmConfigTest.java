package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitBreakers;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.RetryListener;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class LlmConfigTest {

    @Test
    void everyThingHasADefault() {
        LlmConfig config = LlmConfig.builder().build();

        assertThat(config.provider()).isEqualTo("openai");
        assertThat(config.apiKey()).isNull();
        assertThat(config.model()).isNull();
        assertThat(config.baseUrl()).isNull();
        assertThat(config.temperature()).isNull();
        assertThat(config.maxTokens()).isNull();
        assertThat(config.timeouts()).isEqualTo(Timeouts.defaults());
        assertThat(config.circuitSettings()).isEqualTo(CircuitSettings.admitted());
        assertThat(config.admissionSettings()).isEqualTo(AdmissionSettings.standard());
        assertThat(config.retryBudget()).isNull();
        assertThat(config.httpSettings()).isEqualTo(HttpSettings.defaults());
        assertThat(config.headers()).isEmpty();
        assertThat(config.options()).isEmpty();
        assertThat(config.retryCountHeader()).isTrue();
        assertThat(config.listeners()).isEmpty();
        assertThat(config.scheduler()).isNull();
        assertThat(config.circuitBreakers()).isNull();
    }

    @Test
    void theDeadlineOfAProviderIsTenMinutesByDefault() {
        assertThat(LlmConfig.builder().build().retrySettings())
                .isEqualTo(RetrySettings.defaults().deadline(Duration.ofMinutes(10)));
    }

    @Test
    void aBuilderFromAConfigurationCarriesAllOfIt() {
        RetryListener listener = event -> {};
        CircuitBreakers circuits = CircuitBreakers.of(CircuitSettings.defaults());
        LlmConfig config = LlmConfig.builder()
                .fromEnvironment(Arrays.stream(SettingTable.values())
                        .collect(Collectors.toMap(row -> row.variable, row -> row.text)))
                .header("X-A", "a")
                .option("b", "b")
                .listener(listener)
                .scheduler(Schedulers.immediate())
                .circuitBreakers(circuits)
                .build();

        LlmConfig copy = config.toBuilder().build();

        assertThat(SettingTable.values()).allMatch(row -> row.isIn(config)).allMatch(row -> row.isIn(copy));
        assertThat(copy).usingRecursiveComparison().isEqualTo(config);
        assertThat(config.toBuilder().model("other").build().model()).isEqualTo("other");
        assertThat(config.model()).isEqualTo("gpt-4");
    }

    @Test
    void aBuilderGoesOnWithoutChangingWhatItBuilt() {
        LlmConfigBuilder builder = LlmConfig.builder().model("a").header("X-A", "1");
        LlmConfig first = builder.build();
        builder.model("b").header("x-a", "2").listener(event -> {});

        assertThat(first.model()).isEqualTo("a");
        assertThat(first.headers()).containsEntry("X-A", "1");
        assertThat(first.headers().get("x-a")).isEqualTo("1");
        assertThat(first.listeners()).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> first.headers().put("a", "b"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> first.options().put("a", "b"));
    }

    @Test
    void wrongValuesAreRefusedWhereTheyAreGiven() {
        LlmConfigBuilder builder = LlmConfig.builder();

        refused(() -> builder.provider(""), "provider: '' (expected: a name, as openai)");
        refused(() -> builder.model(" "), "model: ' ' (expected: a text)");
        refused(() -> builder.apiKey("a b"), "apiKey: REDACTED (expected: printable ASCII without spaces)");
        refused(() -> builder.baseUrl("//h"), "baseUrl: '//h' (expected: an http or https URL)");
        refused(() -> builder.temperature(-1), "temperature: -1.0 (expected: a number from 0 to 2)");
        refused(() -> builder.temperature(Double.NaN), "temperature: 'NaN' (expected: a number from 0 to 2)");
        refused(() -> builder.maxTokens(0), "maxTokens: 0 (expected: a whole number >= 1)");
        refused(() -> builder.deadline(Duration.ZERO), "deadline: PT0S (expected: more than 0, at most 365 days)");
        refused(() -> builder.header("a:b", "c"), "headers: 'a:b' (expected: a header name)");
        refused(() -> builder.header("a", "b\nc: d"), "headers.a: REDACTED (expected: printable ASCII on one line)");
        assertThatNullPointerException().isThrownBy(() -> builder.retrySettings((RetrySettings) null));
        assertThatNullPointerException().isThrownBy(() -> builder.timeouts((UnaryOperator<Timeouts>) null));
    }

    @Test
    void aRequestWithoutModelTakesTheConfiguredOne() {
        LlmConfig config = LlmConfig.builder().model("m").temperature(0.5).build();

        CompletionRequest request = config.defaults().fill(CompletionRequest.of("Hi"));

        assertThat(request.model()).isEqualTo("m");
        assertThat(request.sampling().temperature()).isEqualTo(0.5);
        assertThat(request.sampling().maxTokens()).isNull();
    }

    @Test
    void aRequestWithoutAnyModelIsInvalidAndSaysWhereToNameOne() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> LlmConfig.builder().build().defaults().fill(CompletionRequest.of("Hi")))
                .withMessageContaining("model: not set")
                .withMessageContaining("LLM_MODEL")
                .matches(failure -> !failure.retryable());
    }

    @Test
    void printsWithoutSecrets() {
        LlmConfig config = LlmConfig.builder()
                .apiKey("sk-1")
                .baseUrl("https://joe:pw@host:8443/v1?key=k")
                .header("X-Token", "t0ken")
                .option("secret_key", "0ption")
                .build();

        assertThat(config.toString())
                .startsWith("LlmConfig[provider=openai, apiKey=REDACTED, model=null, baseUrl=https://host:8443/v1,")
                .contains("headers=[X-Token]", "options=[secret_key]")
                .doesNotContain("sk-1", "pw", "key=k", "t0ken", "0ption");
    }

    @Test
    void theProvidersNameIsTakenInLowerCase() {
        assertThat(LlmConfig.fromEnvironment(Map.of("LLM_PROVIDER", " OpenAI ")).provider())
                .isEqualTo("openai");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
