package io.aicore.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.auth.AccessToken;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.http.HttpSettings;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class GoogleTokensTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOKEN =
            "{\"access_token\":\"ya29.fresh\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private static LlmException failure(Mono<?> call) {
        return catchThrowableOfType(LlmException.class, () -> call.block(PATIENCE));
    }

    @Test
    void aTokenOfOnesOwnIsNeverRenewed() {
        assertThat(GoogleTokens.of("ya29.own").block(PATIENCE)).isEqualTo(AccessToken.of("ya29.own", Instant.MAX));
    }

    @Test
    void theMetadataServerGivesATokenThatLastsAsLongAsItSays() {
        server.always(Scripts.json(200, TOKEN));
        Mono<AccessToken> source = GoogleTokens.metadataServer(server.url());
        assertThat(server.calls()).isZero();

        Instant before = Instant.now();
        AccessToken token = source.block(PATIENCE);

        assertThat(token.value().reveal()).isEqualTo("ya29.fresh");
        assertThat(token.expiresAt())
                .isBetween(before.plusSeconds(3599), Instant.now().plusSeconds(3599));
        assertThat(token.toString()).doesNotContain("ya29");
        assertThat(server.call(1).method()).isEqualTo("GET");
        assertThat(server.call(1).path()).isEqualTo("/computeMetadata/v1/instance/service-accounts/default/token");
        assertThat(server.call(1).header("metadata-flavor")).isEqualTo("Google");
        server.awaitClientClosed(1);
    }

    @Test
    void vertexFetchesOneTokenForAllCallsAndAnotherWhenItIsRefused() {
        String answer = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"fine\"}]},\"finishReason\":\"STOP\"}]}";
        String refusal = "{\"error\":{\"code\":401,\"message\":\"expired\",\"status\":\"UNAUTHENTICATED\"}}";
        try (FaultServer vertex = FaultServer.start()) {
            server.always(Scripts.json(200, TOKEN));
            vertex.then(Scripts.json(200, answer))
                    .then(Scripts.json(200, answer))
                    .then(Scripts.json(401, refusal))
                    .always(Scripts.json(200, answer));
            LlmConfig config = LlmConfig.builder()
                    .provider("vertex")
                    .model("gemini-3-m")
                    .baseUrl(vertex.url())
                    .option("project", "p-1")
                    .authorizer(RequestAuthorizer.bearer(GoogleTokens.metadataServer(server.url())))
                    .build();
            try (LlmProvider provider = Llm.from(config)) {
                provider.complete("one").block(PATIENCE);
                provider.complete("two").block(PATIENCE);
                assertThat(server.calls()).isEqualTo(1);

                failure(provider.complete("three"));
                provider.complete("four").block(PATIENCE);

                assertThat(server.calls()).isEqualTo(2);
                assertThat(vertex.call(4).header("authorization")).isEqualTo("Bearer ya29.fresh");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {} | OVERLOADED | true",
                "404 | not found | NOT_FOUND | false",
                "400 | {\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT\"} | INVALID_REQUEST | false",
                "200 | {\"access_token\": | MALFORMED_RESPONSE | true",
                "200 | {\"expires_in\":3599} | MALFORMED_RESPONSE | true",
                "200 | {\"access_token\":\"ya29.fresh\"} | MALFORMED_RESPONSE | true",
            })
    void whatIsNoTokenIsATypedFailure(int status, String body, ErrorCategory category, boolean retryable) {
        server.always(Scripts.json(status, body));

        LlmException failure = failure(GoogleTokens.metadataServer(server.url()));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.provider()).isEqualTo("google");
        assertThat(failure).hasMessageNotContaining("ya29");
        server.awaitClientClosed(1);
    }

    @Test
    void leavingClosesTheConnection() {
        server.always(Scripts.silence());

        Disposable fetch = GoogleTokens.metadataServer(server.url()).subscribe();
        server.call(1);
        fetch.dispose();

        server.awaitClientClosed(1);
    }

    @Test
    void aServiceAccountSignsForItsToken(@TempDir Path directory) throws Exception {
        server.always(Scripts.json(200, TOKEN));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String key = Base64.getMimeEncoder()
                .encodeToString(pair.getPrivate().getEncoded())
                .replace("\r\n", "\\n");
        Path file = Files.writeString(
                directory.resolve("key.json"),
                "{\"type\":\"service_account\",\"client_email\":\"me@p-1.example\",\"private_key_id\":\"k-7\","
                        + "\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n" + key
                        + "\\n-----END PRIVATE KEY-----\\n\",\"token_uri\":\"" + server.url("/token") + "\"}");

        // Subscribed where blocking is forbidden.
        Mono<AccessToken> source = GoogleTokens.serviceAccount(file);
        AccessToken token =
                Mono.defer(() -> source).subscribeOn(Schedulers.parallel()).block(PATIENCE);

        assertThat(token.value().reveal()).isEqualTo("ya29.fresh");
        assertThat(server.call(1).path()).isEqualTo("/token");
        assertThat(server.call(1).header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        String form = server.call(1).text();
        String grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
        assertThat(form).startsWith(grant);
        String[] jwt = form.substring(grant.length()).split("\\.", -1);
        assertThat(part(jwt[0])).isEqualTo(Json.read("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k-7\"}"));
        JsonFields claims = part(jwt[1]);
        assertThat(claims.string("iss")).isEqualTo("me@p-1.example");
        assertThat(claims.string("scope")).isEqualTo("https://www.googleapis.com/auth/cloud-platform");
        assertThat(claims.string("aud")).isEqualTo(server.url("/token").toString());
        assertThat(claims.whole("exp") - claims.whole("iat")).isEqualTo(3600);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((jwt[0] + "." + jwt[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
    }

    private static JsonFields part(String base64) {
        return Json.read(Base64.getUrlDecoder().decode(base64));
    }

    @Test
    void whatIsNoServiceAccountIsSaidWithoutTheKey() {
        for (String json : new String[] {
            "not json secret-key",
            "{\"private_key\":\"secret-key\"}",
            "{\"client_email\":\"me\",\"private_key\":\"secret-key\"}",
            "{\"client_email\":\"me\",\"private_key\":\"c2VjcmV0LWtleQ==\"}"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GoogleTokens.serviceAccount(json, HttpSettings.defaults()))
                    .withMessageContaining("service account's key file")
                    .withMessageNotContaining("secret-key");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoogleTokens.serviceAccount(Path.of("nowhere.json")))
                .withMessageContaining("nowhere.json");
    }
}
