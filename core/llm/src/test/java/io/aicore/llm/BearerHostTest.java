package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class BearerHostTest {

    private static final BearerHost HOST = new BearerHost("acme-ai", "https://api.acme.example/v1");

    private static LlmConfigBuilder config() {
        return LlmConfig.builder().provider("acme-ai").model("m");
    }

    @Test
    void theKeyGoesOutAsBearer() {
        assertThat(HOST.keyHeader(config().apiKey("k-1").build())).containsEntry("authorization", "Bearer k-1");
        assertThat(HOST.baseUrl(config().build())).isEqualTo(URI.create("https://api.acme.example/v1"));
        assertThat(HOST.toString()).doesNotContain("k-1");
    }

    @Test
    void anotherAddressOrAHeaderMayStandForTheKey() {
        LlmConfig gateway = config().baseUrl("http://127.0.0.1:1/v1/").build();

        assertThat(HOST.keyHeader(gateway)).isEmpty();
        assertThat(HOST.baseUrl(gateway)).isEqualTo(URI.create("http://127.0.0.1:1/v1"));
        assertThat(HOST.keyHeader(
                        config().header("Authorization", "Bearer mine").build()))
                .isEmpty();
        assertThat(HOST.keyHeader(config().apiKey("k-1")
                        .header("Authorization", "Bearer mine")
                        .build()))
                .isEmpty();
    }

    @Test
    void anAuthorizerNeedsNoKeyAndGetsNoneBesideIt() {
        LlmConfigBuilder authorized = config().authorizer((request, address) -> Mono.just(request));

        assertThat(HOST.keyHeader(authorized.build())).isEmpty();
        assertThat(HOST.keyHeader(authorized.apiKey("k-1").build())).isEmpty();
    }

    @Test
    void aMissingKeyNamesBothVariables() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HOST.keyHeader(config().build()))
                .withMessageContaining("LLM_API_KEY")
                .withMessageContaining("ACME_AI_API_KEY");
    }

    @Test
    void anOptionThatNobodyReadsIsRefused() {
        HOST.refuseOptions(config().build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HOST.refuseOptions(
                        config().option("b", "1").option("a", "2").build()))
                .withMessageContaining("options.a: unknown");
        HOST.refuseOptions(config().option("a", "2").build(), Set.of("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HOST.refuseOptions(config().option("b", "1").build(), Set.of("a")))
                .withMessage("options.b: unknown (expected: one of [a])");
    }
}
