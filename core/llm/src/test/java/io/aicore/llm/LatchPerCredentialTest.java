package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.auth.AccessToken;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.Exchange;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** One caller's key that the provider refuses stops no other caller. */
class LatchPerCredentialTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final SharedTime clock = new SharedTime();
    private final AtomicInteger asked = new AtomicInteger();
    private @Nullable WireProvider provider;

    @AfterEach
    void close() {
        if (provider != null) {
            provider.dispose();
        }
        server.close();
    }

    private WireProvider provider(@Nullable RequestAuthorizer authorizer) {
        LlmConfigBuilder config = LlmConfig.builder()
                .provider("line")
                .model("m")
                .apiKey("key-0123456789")
                .scheduler(clock)
                .retrySettings(retry -> retry.maxRetries(0));
        provider = WireProvider.create(
                authorizer == null
                        ? config.build()
                        : config.authorizer(authorizer).build(),
                "line",
                server.url("/v1"),
                new LineCodec());
        return provider;
    }

    /** Sends the caller's own key in this header. */
    private RequestAuthorizer keyIn(String header) {
        return (request, address) -> Mono.deferContextual(caller -> {
            asked.incrementAndGet();
            return Mono.just(request.header(header, caller.get("key")));
        });
    }

    /** Refuses the keys that hold this word. */
    private void refuses(String header, String bad) {
        server.always(new Script() {
            @Override
            public void answer(Exchange exchange) throws IOException, InterruptedException {
                boolean refused = String.valueOf(exchange.call().header(header)).contains(bad);
                (refused ? Scripts.json(401, "no") : Scripts.json(200, "hi")).answer(exchange);
            }
        });
    }

    private static String ask(LlmProvider llm, String key) {
        return outcome(llm.complete("hello").map(answer -> answer.text()), key);
    }

    private static String outcome(Mono<String> call, String key) {
        String outcome = call.onErrorResume(LlmException.class, error -> Mono.just(said(error)))
                .contextWrite(Context.of("key", key))
                .block(PATIENCE);
        return String.valueOf(outcome);
    }

    private static String said(LlmException error) {
        return error.status() == null ? "not sent" : String.valueOf(error.status());
    }

    private static void fiveTimes(Function<String, String> ask) {
        for (int i = 0; i < 5; i++) {
            assertThat(ask.apply("bad-" + i)).isEqualTo("401");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "x-api-key", "x-tenant"})
    void theKeyOfEachCallHasItsOwn(String header) {
        refuses(header, "bad");
        WireProvider llm = provider(keyIn(header));
        fiveTimes(i -> ask(llm, "bad"));
        assertThat(ask(llm, "bad")).isEqualTo("not sent");
        assertThat(server.calls()).isEqualTo(5);
        assertThat(ask(llm, "good")).isEqualTo("hi");
        clock.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(ask(llm, "bad")).isEqualTo("401");
        assertThat(ask(llm, "bad")).isEqualTo("not sent");
        assertThat(asked).as("once for each call").hasValue(9);
    }

    @Test
    void streamsAndVectorsCountWithTheRest() {
        refuses("authorization", "bad");
        WireProvider llm = provider(keyIn("authorization"));
        fiveTimes(i -> outcome(llm.stream("hello").map(chunk -> chunk.text()).next(), "bad"));
        assertThat(ask(llm, "bad")).isEqualTo("not sent");
        assertThat(outcome(llm.stream("hello").map(chunk -> chunk.text()).next(), "bad"))
                .isEqualTo("not sent");
        assertThat(outcome(llm.stream("hello").map(chunk -> chunk.text()).next(), "good"))
                .isEqualTo("hi");
    }

    @Test
    void aKeyInTheQueryToo() {
        server.always(Scripts.json(401, "no"));
        WireProvider llm = provider((request, address) -> Mono.deferContextual(caller -> Mono.just(new WireRequest(
                request.method(), request.path() + "?key=" + caller.get("key"), request.headers(), request.body()))));
        fiveTimes(i -> ask(llm, "bad"));
        assertThat(ask(llm, "bad")).isEqualTo("not sent");
        assertThat(ask(llm, "good")).isEqualTo("401");
    }

    @Test
    void aDateBesideTheKeyIsNoCredential() {
        server.always(Scripts.json(401, "no"));
        RequestAuthorizer key = keyIn("authorization");
        AtomicInteger dates = new AtomicInteger();
        WireProvider llm = provider((request, address) ->
                key.authorize(request, address).map(proven -> proven.header("date", "day " + dates.incrementAndGet())));
        fiveTimes(i -> ask(llm, "bad"));
        assertThat(ask(llm, "bad")).isEqualTo("not sent");
    }

    @Test
    void theAuthorizerMayNameIt() {
        server.always(Scripts.json(401, "no"));
        WireProvider llm = provider(new RequestAuthorizer() {
            @Override
            public Mono<WireRequest> authorize(WireRequest request, URI address) {
                return Mono.deferContextual(caller -> Mono.just(
                        request.header("authorization", caller.get("key") + " signature " + asked.incrementAndGet())));
            }

            @Override
            public String credential(WireRequest proven) {
                return proven.headers().get("authorization").split(" ", 2)[0];
            }
        });
        fiveTimes(i -> ask(llm, "bad"));
        assertThat(ask(llm, "bad")).isEqualTo("not sent");
        assertThat(ask(llm, "other")).isEqualTo("401");
    }

    @Test
    void aRenewedTokenIsItsOwners() {
        server.always(Scripts.json(401, "no"));
        WireProvider llm = provider(RequestAuthorizer.bearer(
                Mono.fromSupplier(() -> AccessToken.of("token-" + asked.incrementAndGet(), Instant.EPOCH))));
        fiveTimes(i -> ask(llm, ""));
        assertThat(asked.get()).isGreaterThanOrEqualTo(5);
        assertThat(ask(llm, "")).isEqualTo("not sent");
    }

    @Test
    void withoutAnAuthorizerItIsTheConfiguredKey() {
        server.always(Scripts.json(401, "no"));
        WireProvider llm = provider(null);
        fiveTimes(i -> ask(llm, ""));
        assertThat(ask(llm, "")).isEqualTo("not sent");
    }

    @Test
    void theRefusalSaysNothingOfTheKeyAndIsNoFailureOfTheProvider() {
        server.always(Scripts.json(401, "no"));
        WireProvider llm = provider(keyIn("authorization"));
        fiveTimes(i -> ask(llm, "bad-0123456789"));
        StepVerifier.create(llm.complete("hello").contextWrite(Context.of("key", "bad-0123456789")))
                .consumeErrorWith(error -> {
                    AuthenticationException refused = (AuthenticationException) error;
                    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30));
                    assertThat(refused).hasStackTraceContaining("not sent");
                    assertThat(refused.toString() + refused.getCause()).doesNotContain("bad-0123456789");
                })
                .verify(PATIENCE);
        assertThat(llm.circuit("m").metrics().calls()).isEqualTo(5);
        assertThat(llm.circuit("m").metrics().failureRate()).isZero();
    }

    /** What fails before an attempt is admitted says nothing of the provider. */
    @Test
    void anAuthorizerThatFailsIsNotTheProvidersFailure() {
        WireProvider llm = provider((request, address) -> Mono.error(new IOException("no token")));
        StepVerifier.create(llm.complete("hello"))
                .consumeErrorWith(
                        error -> assertThat(((LlmException) error).category()).isEqualTo(ErrorCategory.CONNECTION))
                .verify(PATIENCE);
        assertThat(llm.circuit("m").metrics().calls()).isZero();
    }

    @Test
    void theCredentialIsKeptAsAHash() {
        WireRequest before = WireRequest.post("/ask", Map.of(), new byte[0]);
        WireRequest proven = before.header("Authorization", "Bearer key-0123456789");
        RequestAuthorizer by = (request, address) -> Mono.just(proven);
        assertThat(Credential.of(by, before, proven)).matches("[0-9a-f]{64}");
        assertThat(Credential.of(by, before, before)).isEqualTo(Credential.CONFIGURED);
    }
}
