package io.aicore.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.RecordedCall;
import io.aicore.testserver.Scripts;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactoryTest {

    private static LlmConfigBuilder config() {
        return LlmConfig.builder().provider("ollama").model("llama3.2");
    }

    /** The call that a provider of this configuration makes. */
    private static RecordedCall call(FaultServer server, LlmConfig config) {
        server.always(Scripts.json(200, Fixtures.done(Fixtures.text("x"), "stop")));
        LlmProvider provider = Llm.from(config);
        provider.complete("hello").block(Duration.ofMinutes(3));
        provider.dispose();
        return server.call(1);
    }

    private static void refuses(LlmConfigBuilder config, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Llm.from(config.build()))
                .withMessageContainingAll(words);
    }

    @Test
    void isFoundByNameAndNeedsNothing() {
        LlmProvider provider = Llm.from(config().build());

        assertThat(provider.name()).isEqualTo("ollama");
        provider.dispose();
    }

    @ParameterizedTest
    @CsvSource({"'', /api/chat", "/, /api/chat", "/api, /api/chat", "/a/, /a/api/chat", "/a/api/, /a/api/chat"})
    void thePathIsAppendedToTheBaseUrl(String base, String path) {
        try (FaultServer server = FaultServer.start()) {
            RecordedCall call = call(server, config().baseUrl(server.url(base)).build());

            assertThat(call.path()).isEqualTo(path);
            assertThat(call.headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void ollamasOwnVariablesAreEnough() {
        try (FaultServer server = FaultServer.start()) {
            RecordedCall call = call(
                    server,
                    LlmConfig.fromEnvironment(Map.of(
                            "LLM_PROVIDER", "ollama",
                            "LLM_MODEL", "llama3.2",
                            "OLLAMA_API_KEY", "k-1",
                            "OLLAMA_HOST", "0.0.0.0:" + server.url().getPort())));

            assertThat(call.path()).isEqualTo("/api/chat");
            assertThat(call.header("authorization")).isEqualTo("Bearer k-1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:11434",
        "box, http://box:11434",
        "box:80, http://box:80",
        ":8080, http://127.0.0.1:8080",
        "0.0.0.0:1, http://127.0.0.1:1",
        "[::]:1, http://[::1]:1",
        "http://box, http://box",
        "http://:8080, http://127.0.0.1:8080",
        "https://box/, https://box",
        "https://box:444/ollama/, https://box:444/ollama",
        "box/ollama, http://box:11434/ollama",
    })
    void hostsMayBeShort(String host, String address) {
        assertThat(Address.of(null, host)).isEqualTo(URI.create(address));
    }

    @Test
    void aBaseUrlWinsOverTheHost() {
        assertThat(Address.of(URI.create("http://a:1/"), "b")).isEqualTo(URI.create("http://a:1"));
        assertThat(Address.of(null, null)).isEqualTo(URI.create("http://localhost:11434"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://box", "a b", "http://", "box:port", ""})
    void wrongHostsAreNamed(String host) {
        refuses(config().option("host", host), "options.host", "OLLAMA_HOST");
    }

    @Test
    void theAddressOfTheOtherProtocolIsToldApart() {
        refuses(config().baseUrl("http://localhost:11434/v1/"), "ollama-openai");
    }

    @Test
    void unknownOptionsAreNamed() {
        refuses(config().option("num_ctx", "8192"), "options.num_ctx");
    }

    @Test
    void aHeaderOfOnesOwnTakesThePlaceOfTheKey() {
        try (FaultServer server = FaultServer.start()) {
            RecordedCall call = call(
                    server,
                    config().apiKey("k-1")
                            .header("Authorization", "Basic own")
                            .baseUrl(server.url())
                            .build());

            assertThat(call.header("authorization")).isEqualTo("Basic own");
        }
    }
}
