package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.codec.CallIds;
import io.aicore.testserver.FaultServer;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class FactoryTest {

    private static LlmConfigBuilder config(String provider) {
        return LlmConfig.builder().provider(provider).model("m-1");
    }

    private static void create(LlmConfigBuilder config) {
        LlmProvider provider = Llm.from(config.build());
        provider.dispose();
    }

    private static void refuses(LlmConfigBuilder config, String... words) {
        assertThatIllegalArgumentException().isThrownBy(() -> create(config)).withMessageContainingAll(words);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, https://api.openai.com/v1",
        "groq, https://api.groq.com/openai/v1",
        "deepseek, https://api.deepseek.com",
        "xai, https://api.x.ai/v1",
        "nvidia, https://integrate.api.nvidia.com/v1",
        "openrouter, https://openrouter.ai/api/v1",
        "zai, https://api.z.ai/api/paas/v4",
        "together, https://api.together.xyz/v1",
        "fireworks, https://api.fireworks.ai/inference/v1",
        "cerebras, https://api.cerebras.ai/v1",
        "voyage, https://api.voyageai.com/v1",
        "ollama-openai, http://localhost:11434/v1",
        "vllm, http://localhost:8000/v1",
        "llamacpp, http://localhost:8080/v1"
    })
    void knowsTheHostsAddress(String name, String address) {
        assertThat(Hosts.named(name).baseUrl()).isEqualTo(address);
        LlmProvider provider = Llm.from(config(name).apiKey("k-1").build());
        assertThat(provider.name()).isEqualTo(name);
        provider.dispose();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai",
                "groq",
                "deepseek",
                "xai",
                "nvidia",
                "openrouter",
                "zai",
                "together",
                "fireworks",
                "cerebras",
                "voyage"
            })
    void aMissingKeyNamesBothVariables(String name) {
        refuses(config(name), "LLM_API_KEY", name.toUpperCase(Locale.ROOT) + "_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama-openai", "vllm", "llamacpp"})
    void serversOfOnesOwnNeedNoKey(String name) {
        create(config(name));
    }

    @Test
    void anAuthorizerStandsForTheKey() {
        RequestAuthorizer authorizer = (request, address) -> Mono.just(request.header("authorization", "Bearer fresh"));
        create(config("openai").authorizer(authorizer));

        try (FaultServer server = FaultServer.start()) {
            LlmConfig azure = config("azure-openai")
                    .baseUrl(server.url())
                    .apiKey("k-1")
                    .authorizer(authorizer)
                    .retrySettings(retry -> retry.maxRetries(0))
                    .build();
            try (LlmProvider provider = Llm.from(azure)) {
                provider.complete("hello").onErrorComplete().block(Duration.ofMinutes(3));
            }
            assertThat(server.call(1).header("authorization")).isEqualTo("Bearer fresh");
            assertThat(server.call(1).headers()).doesNotContainKey("api-key");
        }
    }

    @Test
    void aGatewayOrAHeaderMayStandForTheKey() {
        create(config("openai").baseUrl("http://127.0.0.1:1/v1"));
        create(config("openai").header("Authorization", "Bearer from-elsewhere"));
        create(config("azure-openai").baseUrl("https://r.openai.azure.com").header("Authorization", "Bearer entra"));
        refuses(config("azure-openai").baseUrl("https://r.openai.azure.com"), "AZURE_OPENAI_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"azure-openai", "openai-compatible"})
    void aHostWithoutAnAddressOfItsOwnAsksForOne(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config(name).apiKey("k-1")))
                .withMessageContaining("LLM_BASE_URL")
                .withMessageNotContaining("k-1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://r.openai.azure.com, , , /openai/v1/chat/completions",
        "https://r.openai.azure.com, preview, , /openai/v1/chat/completions?api-version=preview",
        "https://r.openai.azure.com/, 2024-10-21, , /openai/deployments/{model}/chat/completions?api-version=2024-10-21",
        "https://r.openai.azure.com, 2024-10-21, my dep, /openai/deployments/my%20dep/chat/completions?api-version=2024-10-21",
        "https://r.openai.azure.com/openai/v1, , , /chat/completions",
        "https://r.openai.azure.com/openai/deployments/d, 2024-10-21, , /chat/completions?api-version=2024-10-21",
        "https://r.openai.azure.com/openai/deployments/d?api-version=x, , , /chat/completions",
        "https://r.services.ai.azure.com/models, 2024-05-01-preview, , /chat/completions?api-version=2024-05-01-preview"
    })
    void azureHasTwoPaths(URI baseUrl, String version, String deployment, String path) {
        Options options = new Options(version, deployment, null, Dialect.OPENAI, null, null);
        assertThat(AzurePaths.of(baseUrl, options, "/chat/completions", deployment))
                .isEqualTo(path);
        // Vectors are beside them, under a deployment of their own.
        String beside = path.replace("/chat/completions", "/embeddings").replace("my%20dep", "{model}");
        assertThat(AzurePaths.of(baseUrl, options, "/embeddings", null)).isEqualTo(beside);
    }

    @Test
    void azuresDeploymentsNeedAVersion() {
        refuses(
                config("azure-openai").apiKey("k").baseUrl("https://r.openai.azure.com/openai/deployments/d"),
                "options.api_version");
        refuses(
                config("azure-openai")
                        .apiKey("k")
                        .baseUrl("https://r.openai.azure.com")
                        .option("deployment", "d"),
                "options.api_version");
    }

    @Test
    void optionsChangeTheDialect() {
        Dialect dialect = Options.of(
                        Map.of(
                                "max_tokens_field",
                                "max_completion_tokens",
                                "stream_usage",
                                "true",
                                "terminator",
                                "required",
                                "json_schema",
                                "native"),
                        Hosts.named("openai-compatible"))
                .dialect();

        assertThat(dialect)
                .isEqualTo(Dialect.OPENAI.terminator(true).addresses(true).callIds(CallIds.ANY));
    }

    @Test
    void wrongOptionsSayWhatIsExpected() {
        refuses(
                config("ollama-openai").option("stream_usages", "true"),
                "options.stream_usages: unknown",
                "stream_usage,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config("ollama-openai").option("stream_usage", "yes")))
                .withMessage("options.stream_usage: 'yes' (expected: true or false)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config("ollama-openai").option("json_schema", "no")))
                .withMessage("options.json_schema: 'no' (expected: native or prompt)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config("ollama-openai").option("max_inputs", "0")))
                .withMessage("options.max_inputs: '0' (expected: a whole number >= 1)");
        refuses(config("voyage").apiKey("k").option("stream_usage", "true"), "options.stream_usage: unknown");
    }

    @Test
    void aHostThatOnlyEmbedsIsNotChosenByItsKey() {
        Map<String, String> both = Map.of("ANTHROPIC_API_KEY", "a", "VOYAGE_API_KEY", "v");
        assertThat(LlmConfig.fromEnvironment(both).provider()).isEqualTo("anthropic");
        assertThat(LlmConfig.fromEnvironment(Map.of("VOYAGE_API_KEY", "v")).provider())
                .isEqualTo("openai");
    }
}
