package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.JsonRequests;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.ProxySettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application may log: no configured header, option, key, password or extra field shows its value. */
class SecretsInToStringTest {

    private static final String SECRET = "Aa9-hidden-zZ7";
    private static final Map<String, String> HEADERS = Map.of("X-Team", SECRET, "authorization", "Bearer " + SECRET);

    private static final LlmConfig CONFIG = LlmConfig.builder()
            .model("m")
            .apiKey(SECRET)
            .header("X-Team", SECRET)
            .option("secret_access_key", SECRET)
            .httpSettings(http -> http.proxy(ProxySettings.of("proxy", 3128).login("me", SECRET)))
            .build();

    static Stream<Object> printed() {
        CompletionRequest request = CompletionRequest.builder()
                .user(SECRET)
                .metadata("session", SECRET)
                .extra("token", SECRET)
                .deadline(Duration.ofSeconds(9))
                .build();
        EmbeddingRequest embedding =
                EmbeddingRequest.of(SECRET).metadata(Map.of("a", SECRET)).extra(Map.of("b", SECRET));
        WireRequest wire = WireRequest.post("/v1", HEADERS, SECRET.getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                CONFIG,
                CONFIG.headers(),
                CONFIG.options(),
                CONFIG.toBuilder(),
                CONFIG.toBuilder().build().headers(),
                CONFIG.httpSettings(),
                CONFIG.retrySettings(),
                HttpSettings.defaults().proxy(ProxySettings.of("proxy", 3128).login(SECRET, SECRET)),
                request,
                request.overrides(),
                request.sampling(),
                request.tools(),
                request.messages(),
                embedding,
                embedding.overrides(),
                wire,
                wire.headers(),
                wire.header("x-more", SECRET),
                wire.header("x-more", SECRET).headers(),
                new JsonRequests("acme", HEADERS),
                new JsonRequests("acme", HEADERS).headers(),
                JsonEndpoint.of("acme", "/chat", HEADERS),
                WireHeaders.of(HEADERS),
                new WireResponse(200, WireHeaders.of(HEADERS), SECRET.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    @ParameterizedTest
    @MethodSource
    void printed(Object object) {
        assertThat(String.valueOf(object)).doesNotContain(SECRET);
        assertThat(String.valueOf(List.of(object))).doesNotContain(SECRET);
    }

    @Test
    void theNamesAreShown() {
        assertThat(CONFIG.headers()).hasToString("[X-Team]");
        assertThat(CONFIG.options()).hasToString("[secret_access_key]");
    }

    @Test
    void theMapsAreOrdinaryOtherwise() {
        assertThat(CONFIG.headers()).isEqualTo(Map.of("X-Team", SECRET)).containsKey("x-team");
        assertThat(CONFIG.headers().get("x-TEAM")).isEqualTo(SECRET);
        assertThat(CONFIG.headers().get("y")).isNull();
        assertThat(Map.of("X-Team", SECRET)).isEqualTo(CONFIG.headers()).hasSameHashCodeAs(CONFIG.headers());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> CONFIG.headers().put("a", "b"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> CONFIG.headers().entrySet().iterator().next().setValue("b"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> CONFIG.options().clear());
    }
}
