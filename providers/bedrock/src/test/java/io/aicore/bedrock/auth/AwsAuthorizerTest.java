package io.aicore.bedrock.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.testserver.RecordedCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class AwsAuthorizerTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A clock that is set by hand. */
    private static final class SetClock extends Clock {
        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final SetClock clock = new SetClock();
    private final AtomicInteger fetches = new AtomicInteger();

    private AwsAuthorizer renewing(Duration life) {
        return new AwsAuthorizer(
                "eu-central-1",
                Mono.fromSupplier(() ->
                        AwsCredentials.of("id-" + fetches.incrementAndGet(), "secret", "token", clock.now.plus(life))),
                clock);
    }

    private static WireRequest request(String path) {
        return WireRequest.post(
                path,
                Map.of("content-type", "application/json", "X-Retry-Count", "0"),
                "{\"messages\":[]}".getBytes(StandardCharsets.UTF_8));
    }

    private static WireRequest signed(AwsAuthorizer authorizer, String path) {
        return authorizer
                .authorize(request(path), URI.create("https://bedrock-runtime.eu-central-1.amazonaws.com" + path))
                .block(PATIENCE);
    }

    private static RecordedCall received(WireRequest request, String host) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        headers.put("host", host);
        return new RecordedCall(1, request.method(), request.path(), headers, request.body());
    }

    @Test
    void theCheckOfTheseTestsFitsAwssPublishedExample() {
        TreeMap<String, String> headers =
                new TreeMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"));

        assertThat(SigV4.signature(
                        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                        "20150830T123600Z",
                        "us-east-1",
                        "service",
                        "GET",
                        "/",
                        headers,
                        SigV4.sha256(new byte[0])))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/model/amazon.some-v1/converse",
                "/model/eu.anthropic.some-v1%3A0/converse-stream",
                "/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Ainference-profile%2Feu.some-v1%3A0/converse"
            })
    void signsWhatStandsInThePathOnceEscapedAsTwiceEscaped(String path) {
        WireRequest signed = signed(renewing(Duration.ofHours(1)), path);

        assertThat(SigV4.isSigned(
                        received(signed, "bedrock-runtime.eu-central-1.amazonaws.com"),
                        "id-1",
                        "secret",
                        "eu-central-1"))
                .isTrue();
        assertThat(signed.path()).isEqualTo(path);
        assertThat(signed.headers())
                .containsEntry("x-amz-date", "20260301T120000Z")
                .containsEntry("x-amz-security-token", "token")
                .doesNotContainKey("host");
        assertThat(signed.headers().get("authorization")).contains("x-amz-security-token", "x-retry-count");
    }

    @Test
    void anyChangeBreaksTheSignature() {
        WireRequest signed = signed(renewing(Duration.ofHours(1)), "/model/a/converse");
        String host = "bedrock-runtime.eu-central-1.amazonaws.com";
        WireRequest otherBody =
                new WireRequest(signed.method(), signed.path(), signed.headers(), new byte[] {'{', '}'});
        WireRequest otherPath = new WireRequest(signed.method(), "/model/b/converse", signed.headers(), signed.body());

        assertThat(SigV4.isSigned(received(signed, host), "id-1", "secret", "eu-central-1"))
                .isTrue();
        assertThat(SigV4.isSigned(received(otherBody, host), "id-1", "secret", "eu-central-1"))
                .isFalse();
        assertThat(SigV4.isSigned(received(otherPath, host), "id-1", "secret", "eu-central-1"))
                .isFalse();
        assertThat(SigV4.isSigned(received(signed, "elsewhere"), "id-1", "secret", "eu-central-1"))
                .isFalse();
        assertThat(SigV4.isSigned(received(signed, host), "id-1", "other", "eu-central-1"))
                .isFalse();
    }

    @Test
    void credentialsAreKeptUntilAMinuteBeforeTheirEnd() {
        AwsAuthorizer authorizer = renewing(Duration.ofMinutes(10));

        signed(authorizer, "/a");
        clock.now = NOON.plus(Duration.ofMinutes(9)).minusMillis(1);
        assertThat(signed(authorizer, "/a").headers()).containsEntry("x-amz-date", "20260301T120859Z");
        assertThat(fetches).hasValue(1);
        clock.now = NOON.plus(Duration.ofMinutes(9));
        assertThat(signed(authorizer, "/a").headers().get("authorization")).contains("Credential=id-2/");
    }

    @Test
    void refusedCredentialsAreForgotten() {
        AwsAuthorizer authorizer = renewing(Duration.ofHours(1));

        signed(authorizer, "/a");
        authorizer.rejected();
        signed(authorizer, "/a");
        signed(authorizer, "/a");

        assertThat(fetches).hasValue(2);
    }

    @Test
    void signingBlocksNoThread() {
        WireRequest signed = Mono.defer(
                        () -> renewing(Duration.ofHours(1)).authorize(request("/a"), URI.create("https://localhost/a")))
                .subscribeOn(Schedulers.parallel())
                .block(PATIENCE);

        assertThat(signed.headers()).containsKey("authorization");
    }

    @Test
    void nothingSecretIsShown() {
        AwsCredentials credentials = AwsCredentials.of("AKID", "se-cret", "to-ken", NOON);

        assertThat(credentials + " " + AwsAuthorizer.of("eu-central-1", credentials))
                .doesNotContain("AKID", "se-cret", "to-ken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Frankfurt", "eu-central-1/../x", "eu"})
    void regionsHaveAForm(String region) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AwsAuthorizer.of(region, AwsCredentials.of("id", "secret")))
                .withMessageContaining("region");
    }
}
