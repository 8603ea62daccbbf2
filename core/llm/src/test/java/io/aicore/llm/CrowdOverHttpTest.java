package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AdmissionStore;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.RateLimitedException;
import io.aicore.retry.RetryEvent;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What many calls of one key send together, over real sockets; waits are on virtual time. */
class CrowdOverHttpTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration STEP = Duration.ofMillis(50);

    private final FaultServer server = FaultServer.start();
    private final SharedTime time = new SharedTime();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final List<WireProvider> providers = new ArrayList<>();

    private WireProvider provider(UnaryOperator<LlmConfigBuilder> settings) {
        LlmConfigBuilder config = LlmConfig.builder()
                .provider("line")
                .model("m")
                .apiKey("key-0123456789")
                .scheduler(time);
        WireProvider provider =
                WireProvider.create(settings.apply(config).build(), "line", server.url("/v1"), new LineCodec());
        providers.add(provider);
        return provider;
    }

    @AfterEach
    void close() {
        providers.forEach(WireProvider::dispose);
        server.close();
    }

    private Disposable call(WireProvider provider) {
        return provider.complete("hello")
                .subscribe(answer -> answers.incrementAndGet(), error -> errors.incrementAndGet());
    }

    private void told(WireProvider provider, String... headers) {
        server.then(Scripts.json(429, "slow down", headers));
        Mono<Completion> refused = provider.complete("hello");
        CountDownLatch over = new CountDownLatch(1);
        refused.subscribe(answer -> {}, error -> over.countDown());
        await(over);
    }

    private static void await(CountDownLatch over) {
        try {
            assertThat(over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets virtual time pass, and what is in flight arrive after each step. */
    private void pass(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(STEP)) {
            time.advanceTimeBy(STEP);
            settled();
        }
    }

    /** How far the calls have come after a step is up to the machine, so it is not up to a number of steps. */
    private void passUntil(BooleanSupplier condition) {
        until(() -> {
            pass(STEP);
            return condition.getAsBoolean();
        });
    }

    private void settled() {
        until(() -> providers.stream()
                .allMatch(provider -> provider.admission().snapshot().inFlight() == 0));
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("settled in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void afterOneRetryAfterNoCallOfThatKeyReachesTheServerInTime() {
        WireProvider provider = provider(config -> config.retrySettings(retry -> retry.maxRetries(0)));
        told(provider, "retry-after: 2");
        server.always(Scripts.json(200, "hi"));
        for (int i = 0; i < 200; i++) {
            call(provider);
        }
        pass(Duration.ofMillis(1_950));
        assertThat(server.calls()).isEqualTo(1);

        List<Integer> perSecond = new ArrayList<>();
        while (answers.get() < 200 && perSecond.size() < 60) {
            int before = server.calls();
            pass(Duration.ofSeconds(1));
            perSecond.add(server.calls() - before);
        }
        assertThat(answers).hasValue(200);
        assertThat(perSecond).hasSizeGreaterThanOrEqualTo(4).allMatch(sent -> sent <= 80);
    }

    @Test
    void aCallThatWaitsIsToldSoAsOneOfItsEvents() {
        List<RetryEvent> events = new CopyOnWriteArrayList<>();
        Notebook notebook = new Notebook();
        WireProvider provider = provider(config -> config.retrySettings(retry -> retry.maxRetries(0))
                .listener(events::add)
                .observer(notebook));
        told(provider, "retry-after: 2");
        server.always(Scripts.json(200, "hi"));
        events.clear();
        notebook.told.clear();
        call(provider);
        passUntil(() -> answers.get() == 1);

        List<AdmissionEvent> waits = events.stream()
                .filter(RetryEvent.Admission.class::isInstance)
                .map(event -> ((RetryEvent.Admission) event).event())
                .toList();
        assertThat(waits.get(0)).isInstanceOfSatisfying(AdmissionEvent.WaitBegan.class, wait -> {
            assertThat(wait.reason()).isEqualTo(AdmissionEvent.WaitReason.GATE);
            assertThat(wait.expected()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_500));
        });
        assertThat(waits.get(1)).isInstanceOfSatisfying(AdmissionEvent.WaitEnded.class, wait -> {
            assertThat(wait.admitted()).isTrue();
            assertThat(wait.waited()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        });
        assertThat(notebook.told)
                .containsExactly("AttemptStarted 1", "Admission 1", "Admission 1", "Succeeded 1", "ended SUCCESS");
    }

    @Test
    void anotherKeyIsNotHeld() {
        WireProvider provider = provider(config -> config.retrySettings(retry -> retry.maxRetries(0)));
        WireProvider other = provider(config -> config.apiKey("key-9876543210"));
        told(provider, "retry-after: 60");
        server.always(Scripts.json(200, "hi"));
        for (int i = 0; i < 20; i++) {
            call(other);
        }
        until(() -> answers.get() == 20);
    }

    @Test
    void providersThatShareAStoreHoldEachOther() {
        AdmissionStore store = AdmissionStore.inMemory();
        UnaryOperator<LlmConfigBuilder> shared =
                config -> config.admissionStore(store).retrySettings(retry -> retry.maxRetries(0));
        WireProvider told = provider(shared);
        WireProvider sameKey = provider(shared);
        WireProvider otherKey = provider(config -> shared.apply(config).apiKey("key-9876543210"));
        told(told, "retry-after: 2");
        server.always(Scripts.json(200, "hi"));
        call(sameKey);
        call(otherKey);
        until(() -> answers.get() == 1);
        assertThat(sameKey.admission().snapshot().waiting()).isEqualTo(1);
        passUntil(() -> answers.get() == 2);
    }

    @Test
    void on429ForEverACallSendsLittleMoreThanOneRequest() {
        server.always(Scripts.json(429, "slow down", "retry-after: 1"));
        WireProvider provider = provider(config -> config);
        for (int i = 0; i < 100; i++) {
            call(provider);
        }
        settled();
        passUntil(() -> errors.get() == 100);
        assertThat(server.calls()).isBetween(10, 130);
    }

    @Test
    void withoutAHintTheDeadlineBoundsThem() {
        server.always(Scripts.json(429, "slow down"));
        WireProvider provider =
                provider(config -> config.retrySettings(retry -> retry.deadline(Duration.ofSeconds(20))));
        for (int i = 0; i < 100; i++) {
            call(provider);
        }
        settled();
        passUntil(() -> errors.get() == 100);
        assertThat(time.now(TimeUnit.SECONDS)).isGreaterThanOrEqualTo(20);
        assertThat(server.calls()).isBetween(10, 130);
    }

    @Test
    void aRemainderOfNothingGetsNo429FromUs() {
        AtomicInteger refused = new AtomicInteger();
        long reset = Duration.ofSeconds(3).toNanos();
        Script first = Scripts.json(
                200,
                "hi",
                "x-ratelimit-limit-requests: 100",
                "x-ratelimit-remaining-requests: 0",
                "x-ratelimit-reset-requests: 3s");
        WireProvider provider = provider(config -> config);
        server.then(first);
        call(provider);
        until(() -> answers.get() == 1);
        server.always(exchange -> {
            boolean early = time.now(TimeUnit.NANOSECONDS) < reset;
            refused.addAndGet(early ? 1 : 0);
            exchange.answer(early ? 429 : 200, "application/json", early ? "too early" : "hi");
        });
        for (int i = 0; i < 50; i++) {
            call(provider);
        }
        passUntil(() -> answers.get() == 51);
        assertThat(refused).hasValue(0);
    }

    @Test
    void aPromptThatNeedsMoreTokensThanRemainWaitsForTheReset() {
        WireProvider provider = provider(config -> config);
        server.then(Scripts.json(
                200,
                "hi",
                "x-ratelimit-limit-tokens: 10000",
                "x-ratelimit-remaining-tokens: 2000",
                "x-ratelimit-reset-tokens: 3s"));
        call(provider);
        until(() -> answers.get() == 1);
        server.always(Scripts.json(200, "hi"));
        provider.complete("a short one").subscribe(answer -> answers.incrementAndGet());
        until(() -> answers.get() == 2);
        provider.complete("word ".repeat(2_000)).subscribe(answer -> answers.incrementAndGet());
        pass(Duration.ofMillis(2_900));
        assertThat(server.calls()).isEqualTo(2);
        pass(Duration.ofMillis(200));
        until(() -> answers.get() == 3);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "60, 2"})
    void aRequestThatHasWaitedLongIsAuthorizedOnceMore(int seconds, int times) {
        AtomicInteger authorized = new AtomicInteger();
        WireProvider provider = provider(config -> config.retrySettings(retry -> retry.maxRetries(0))
                .admissionSettings(AdmissionSettings.batch())
                .authorizer(new CountedKey(authorized)));
        told(provider, "retry-after: " + seconds);
        authorized.set(0);
        server.always(Scripts.json(200, "hi"));
        call(provider);
        passUntil(() -> answers.get() == 1);
        assertThat(authorized).hasValue(times);
    }

    private record CountedKey(AtomicInteger authorized) implements RequestAuthorizer {

        @Override
        public Mono<WireRequest> authorize(WireRequest request, URI address) {
            String signature = "signature-" + authorized.incrementAndGet();
            return Mono.just(request.header("authorization", signature));
        }

        @Override
        public String credential(WireRequest proven) {
            return "tenant";
        }
    }

    @Test
    void tenThousandWaitingCallsCancelAtOnceAndLeaveNothing() {
        WireProvider provider = provider(config -> config.retrySettings(retry -> retry.maxRetries(0))
                .admissionSettings(settings -> settings.maxWaiting(10_000)));
        told(provider, "retry-after: 2");
        List<Disposable> calls = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            calls.add(call(provider));
        }
        assertThat(provider.admission().snapshot().waiting()).isEqualTo(10_000);
        calls.forEach(Disposable::dispose);
        assertThat(provider.admission().snapshot().waiting()).isZero();
        pass(Duration.ofSeconds(3));
        assertThat(server.calls()).isEqualTo(1);
        assertThat(errors).hasValue(0);
    }

    @Test
    void anInteractiveCallIsToldTheTimeToWait() {
        WireProvider provider = provider(config ->
                config.retrySettings(retry -> retry.maxRetries(0)).admissionSettings(AdmissionSettings.interactive()));
        told(provider, "retry-after: 20");
        List<Throwable> told = new ArrayList<>();
        provider.complete("hello").subscribe(answer -> {}, told::add);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        error -> assertThat(error.retryAfter())
                                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(25)));
    }
}
