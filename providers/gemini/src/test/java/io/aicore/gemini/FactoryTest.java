package io.aicore.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.auth.RequestAuthorizer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class FactoryTest {

    private static final String TAIL = "/locations/%s/publishers/google";

    private static LlmConfigBuilder config(String provider) {
        return LlmConfig.builder().provider(provider).model("m-1");
    }

    private static Endpoint endpoint(LlmConfig config) {
        return Endpoint.of(config.provider(), config.baseUrl(), config.options());
    }

    private static void create(LlmConfigBuilder config) {
        LlmProvider provider = Llm.from(config.build());
        provider.dispose();
    }

    private static void refuses(LlmConfigBuilder config, String... words) {
        assertThatIllegalArgumentException().isThrownBy(() -> create(config)).withMessageContainingAll(words);
    }

    @Test
    void bothAreFoundByName() {
        try (LlmProvider gemini = Llm.from(config("gemini").apiKey("k").build());
                LlmProvider vertex = Llm.from(
                        config("vertex").apiKey("t").option("project", "p").build())) {
            assertThat(gemini.name()).isEqualTo("gemini");
            assertThat(vertex.name()).isEqualTo("vertex");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GEMINI_API_KEY", "GOOGLE_API_KEY"})
    void googlesOwnVariablesHoldTheKey(String variable) {
        LlmConfig config = LlmConfig.fromEnvironment(Map.of(variable, "k-1", "LLM_MODEL", "m-1"));

        assertThat(config.provider()).isEqualTo("gemini");
        try (LlmProvider provider = Llm.from(config)) {
            assertThat(provider.name()).isEqualTo("gemini");
        }
    }

    @Test
    void aMissingKeyNamesItsVariables() {
        refuses(config("gemini"), "LLM_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY");
        refuses(config("vertex").option("project", "p"), "LLM_API_KEY", "access token");
    }

    @Test
    void aGatewayOrAHeaderMayStandForTheKey() {
        create(config("gemini").baseUrl("http://127.0.0.1:1/v1beta"));
        create(config("gemini").header("X-Goog-Api-Key", "from-elsewhere"));
        create(config("vertex").option("project", "p").header("Authorization", "Bearer from-elsewhere"));
    }

    @Test
    void anAuthorizerStandsForTheKey() {
        RequestAuthorizer authorizer = (request, address) -> Mono.just(request);

        create(config("gemini").authorizer(authorizer));
        create(config("vertex").option("project", "p").authorizer(authorizer));
    }

    @Test
    void geminiHasOneAddress() {
        Endpoint endpoint = endpoint(config("gemini").build());

        assertThat(endpoint.baseUrl()).hasToString("https://generativelanguage.googleapis.com/v1beta");
        assertThat(endpoint.path()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ", aiplatform.googleapis.com, global",
        "global, aiplatform.googleapis.com, global",
        "eu, aiplatform.eu.rep.googleapis.com, eu",
        "us, aiplatform.us.rep.googleapis.com, us",
        "europe-west4, europe-west4-aiplatform.googleapis.com, europe-west4"
    })
    void vertexHasAnAddressPerLocation(String location, String host, String inPath) {
        LlmConfigBuilder config = config("vertex").option("project", "p 1");
        Endpoint endpoint = endpoint((location == null ? config : config.option("location", location)).build());

        assertThat(endpoint.baseUrl()).hasToString("https://" + host);
        assertThat(endpoint.path()).isEqualTo("/v1/projects/p%201" + TAIL.formatted(inPath));
    }

    @Test
    void vertexTakesAnAddressWithAPathAsItIs() {
        assertThat(endpoint(config("vertex")
                                .baseUrl("https://gateway/v1/projects/p/locations/l/publishers/google")
                                .build())
                        .path())
                .isEmpty();
        assertThat(endpoint(config("vertex")
                                .baseUrl("https://gateway/")
                                .option("project", "p")
                                .option("api_version", "v1beta1")
                                .build())
                        .path())
                .isEqualTo("/v1beta1/projects/p" + TAIL.formatted("global"));
    }

    @Test
    void wrongOptionsSayWhatIsExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config("vertex").apiKey("k-secret")))
                .withMessageContainingAll("options.project", "LLM_OPTION_PROJECT")
                .withMessageNotContaining("k-secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(
                        config("vertex").apiKey("k").option("project", "p").option("location", "evil.com/")))
                .withMessage("options.location: 'evil.com/' (expected: lower-case letters, digits and '-')");
        refuses(
                config("vertex").apiKey("k").option("region", "x"),
                "options.region: unknown (expected: one of [api_version, location, project])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config("gemini").apiKey("k").option("project", "x")))
                .withMessage("options.project: unknown (expected: none, provider gemini has no options)");
    }
}
