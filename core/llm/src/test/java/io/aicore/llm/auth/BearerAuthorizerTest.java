package io.aicore.llm.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class BearerAuthorizerTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final WireRequest REQUEST = WireRequest.post("/chat", Map.of("accept", "a"), new byte[0]);
    private static final URI ADDRESS = URI.create("https://api.example/chat");

    private Instant now = START;
    private final AtomicInteger fetched = new AtomicInteger();

    private BearerAuthorizer authorizer(Mono<AccessToken> source) {
        return new BearerAuthorizer(source, () -> now);
    }

    private BearerAuthorizer hourly() {
        return authorizer(
                Mono.fromSupplier(() -> AccessToken.of("t-" + fetched.incrementAndGet(), now.plusSeconds(3600))));
    }

    private static void expect(RequestAuthorizer authorizer, String token) {
        StepVerifier.create(authorizer.authorize(REQUEST, ADDRESS))
                .assertNext(request -> assertThat(request.headers())
                        .containsEntry("authorization", "Bearer " + token)
                        .containsEntry("accept", "a"))
                .verifyComplete();
    }

    @Test
    void aTokenServesUntilAMinuteBeforeItsEnd() {
        RequestAuthorizer authorizer = hourly();
        expect(authorizer, "t-1");
        now = START.plusSeconds(3539);
        expect(authorizer, "t-1");
        now = START.plus(Duration.ofMinutes(59));
        expect(authorizer, "t-2");
    }

    @Test
    void aRejectedTokenIsFetchedAnew() {
        RequestAuthorizer authorizer = hourly();
        expect(authorizer, "t-1");
        authorizer.rejected();
        expect(authorizer, "t-2");
        expect(authorizer, "t-2");
    }

    @Test
    void aFailedFetchIsNotRemembered() {
        RequestAuthorizer authorizer = authorizer(Mono.fromCallable(() -> {
            if (fetched.incrementAndGet() == 1) {
                throw new IOException("no token today");
            }
            return AccessToken.of("t", Instant.MAX);
        }));
        StepVerifier.create(authorizer.authorize(REQUEST, ADDRESS)).verifyErrorMessage("no token today");
        expect(authorizer, "t");
    }

    @Test
    void callsAtTheSameTimeShareOneFetch() {
        Sinks.One<AccessToken> token = Sinks.one();
        RequestAuthorizer authorizer = authorizer(token.asMono().doOnSubscribe(s -> fetched.incrementAndGet()));

        StepVerifier.create(Mono.zip(authorizer.authorize(REQUEST, ADDRESS), authorizer.authorize(REQUEST, ADDRESS)))
                .then(() -> token.tryEmitValue(AccessToken.of("t", Instant.MAX)))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(fetched).hasValue(1);
    }

    @Test
    void aTokenIsNotShown() {
        assertThat(AccessToken.of("t-secret", START).toString()).doesNotContain("t-secret");
    }
}
