package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.RecordedCall;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class FactoryTest {

    private static LlmConfigBuilder config() {
        return LlmConfig.builder().provider("anthropic").model("claude-haiku-4-5");
    }

    private static void create(LlmConfigBuilder config) {
        Llm.from(config.build()).dispose();
    }

    /** The call that a provider of this configuration makes. */
    private static RecordedCall call(LlmConfigBuilder config, String path) {
        try (FaultServer server = FaultServer.start()) {
            server.always(Scripts.json(200, Fixtures.answer(Fixtures.text("x"), "\"end_turn\"")));
            LlmProvider provider = Llm.from(config.baseUrl(server.url(path)).build());
            provider.complete("hello").block(Duration.ofMinutes(3));
            provider.dispose();
            return server.call(1);
        }
    }

    @Test
    void isFoundByNameWithItsOwnAddress() {
        LlmProvider provider = Llm.from(config().apiKey("k-1").build());

        assertThat(provider.name()).isEqualTo("anthropic");
        assertThat(AnthropicProviderFactory.HOST.address()).isEqualTo("https://api.anthropic.com");
        provider.dispose();
    }

    @Test
    void theVendorsVariablesAreEnough() {
        try (FaultServer server = FaultServer.start()) {
            server.always(Scripts.json(200, Fixtures.answer(Fixtures.text("x"), "\"end_turn\"")));
            LlmProvider provider = Llm.from(LlmConfig.fromEnvironment(Map.of(
                    "ANTHROPIC_API_KEY", "k-1",
                    "ANTHROPIC_BASE_URL", server.url().toString(),
                    "LLM_MODEL", "claude-haiku-4-5")));

            assertThat(provider.complete("hello").block(Duration.ofMinutes(3)).text())
                    .isEqualTo("x");
            assertThat(server.call(1).header("x-api-key")).isEqualTo("k-1");
            provider.dispose();
        }
    }

    @Test
    void aMissingKeyNamesBothVariables() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config()))
                .withMessageContaining("LLM_API_KEY")
                .withMessageContaining("ANTHROPIC_API_KEY");
        create(config().baseUrl("http://127.0.0.1:1"));
        create(config().header("Authorization", "Bearer from-elsewhere"));
    }

    @Test
    void anAuthorizerStandsForTheKey() {
        RequestAuthorizer authorizer = (request, address) -> Mono.just(request.header("authorization", "Bearer fresh"));
        create(config().authorizer(authorizer));

        RecordedCall call = call(config().apiKey("k-1").authorizer(authorizer), "");

        assertThat(call.header("authorization")).isEqualTo("Bearer fresh");
        assertThat(call.headers()).doesNotContainKey("x-api-key");
    }

    @ParameterizedTest
    @CsvSource({
        "'', /v1/messages",
        "/, /v1/messages",
        "/v1, /v1/messages",
        "/proxy/v1/, /proxy/v1/messages",
        "/a, /a/v1/messages"
    })
    void thePathIsAppendedToTheBaseUrl(String base, String path) {
        assertThat(call(config().apiKey("k-1"), base).path()).isEqualTo(path);
    }

    @Test
    void saysVersionFeaturesAndKey() {
        RecordedCall plain = call(config().apiKey("k-1"), "");
        RecordedCall chosen = call(
                config().apiKey("k-1")
                        .option("api_version", "2026-10-21")
                        .option("beta", "one-2026-01-01,two")
                        .option("auth", "bearer"),
                "");

        assertThat(plain.header("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(plain.header("x-api-key")).isEqualTo("k-1");
        assertThat(plain.headers()).doesNotContainKeys("authorization", "anthropic-beta");
        assertThat(chosen.header("anthropic-version")).isEqualTo("2026-10-21");
        assertThat(chosen.header("anthropic-beta")).isEqualTo("one-2026-01-01,two");
        assertThat(chosen.header("authorization")).isEqualTo("Bearer k-1");
        assertThat(chosen.headers()).doesNotContainKey("x-api-key");
    }

    @Test
    void headersOfOnesOwnTakeThePlaceOfOurs() {
        RecordedCall call = call(
                config().apiKey("k-1").header("Authorization", "Bearer own").header("Anthropic-Version", "2027-01-01"),
                "");

        assertThat(call.header("authorization")).isEqualTo("Bearer own");
        assertThat(call.header("anthropic-version")).isEqualTo("2027-01-01");
        assertThat(call.headers()).doesNotContainKey("x-api-key");
    }

    @ParameterizedTest
    @CsvSource({"api_version, latest", "beta, 'a b'", "beta, ''", "auth, basic", "version, 2023-06-01"})
    void wrongOptionsAreNamed(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config().apiKey("k-1").option(name, value)))
                .withMessageContaining("options." + name)
                .withMessageContaining("expected")
                .withMessageNotContaining("k-1");
    }
}
