package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class ProviderHostTest {

    private static final ProviderHost HOST = ProviderHost.bearer("acme-ai", "https://api.acme.example/v1");

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
    void theKeyGoesIntoTheHostsOwnHeader() {
        ProviderHost host = HOST.header("x-api-key");

        assertThat(host.keyHeader(config().apiKey("k-1").build())).containsOnly(entry("x-api-key", "k-1"));
        assertThat(host.keyHeader(config().header("X-Api-Key", "mine").build())).isEmpty();
        // A gateway may want both.
        assertThat(host.keyHeader(config().apiKey("k-1")
                        .header("Authorization", "Bearer mine")
                        .build()))
                .containsOnly(entry("x-api-key", "k-1"));
    }

    @Test
    void aServerOfOnesOwnNeedsNoKey() {
        ProviderHost host = HOST.keyOptional();

        assertThat(host.keyHeader(config().build())).isEmpty();
        assertThat(host.keyHeader(config().apiKey("k-1").build())).containsEntry("authorization", "Bearer k-1");
    }

    @Test
    void aHostThatEveryUserHasForHimselfNeedsAnAddressAndAKey() {
        ProviderHost host = ProviderHost.bearer("acme-ai", null).example("https://<you>.acme.example");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.baseUrl(config().build()))
                .withMessage("LLM_BASE_URL: none (expected: https://<you>.acme.example, for provider acme-ai)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.keyHeader(
                        config().baseUrl("https://me.acme.example").build()))
                .withMessageContaining("LLM_API_KEY");
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
        ProviderHost.refuseOptions(config().build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProviderHost.refuseOptions(
                        config().option("b", "1").option("a", "2").build()))
                .withMessageContaining("options.a: unknown");
        ProviderHost.refuseOptions(config().option("a", "2").build(), "a");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ProviderHost.refuseOptions(config().option("b", "1").build(), "a"))
                .withMessage("options.b: unknown (expected: one of [a])");
    }
}
