package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.Priority;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.error.RejectedException;
import io.aicore.retry.GiveUpReason;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Calls beyond the connections wait in admission's queue, and in no other. */
class OneQueueTest {

    private final FaultServer server = FaultServer.start();
    private final SharedTime time = new SharedTime();
    private final List<WireProvider> providers = new ArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        providers.forEach(WireProvider::dispose);
        server.close();
    }

    /** One connection, so many waiting calls. */
    private WireProvider provider(int maxPending) {
        return provider(
                server,
                config -> config.httpSettings(http -> http.maxConnections(1).maxPending(maxPending)));
    }

    private WireProvider provider(FaultServer to, UnaryOperator<LlmConfigBuilder> settings) {
        LlmConfigBuilder config = LlmConfig.builder()
                .provider("line")
                .model("m")
                .apiKey("key-0123456789")
                .retrySettings(retry -> retry.maxRetries(0))
                .scheduler(time);
        WireProvider provider =
                WireProvider.create(settings.apply(config).build(), "line", to.url("/v1"), new LineCodec());
        providers.add(provider);
        return provider;
    }

    private Disposable call(WireProvider provider, String prompt) {
        return provider.complete(prompt).subscribe(answer -> answers.add(answer.text()), errors::add);
    }

    /** A call that has the connection until it is disposed of. */
    private Disposable holder(WireProvider provider) {
        server.then(Scripts.silence());
        Disposable first = call(provider, "first");
        server.call(1);
        return first;
    }

    private LlmException rejection() {
        assertThat(errors).singleElement().isInstanceOf(RejectedException.class);
        LlmException error = (LlmException) errors.get(0);
        assertThat(error.details().phase()).isEqualTo(Phase.ADMISSION);
        assertThat(error.reason()).isEqualTo(GiveUpReason.NOT_ADMITTED);
        return error;
    }

    @Test
    void theNextCallIsRejectedWithTheBoundAndItsValue() {
        WireProvider provider = provider(1);
        holder(provider);
        call(provider, "second");
        assertThat(errors).isEmpty();
        call(provider, "third");

        assertThat(rejection()).hasMessageContaining("maxPending (1 waiting)");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void withoutAQueueTheNextCallIsRejectedAtOnce() {
        WireProvider provider = provider(0);
        holder(provider);
        call(provider, "second");

        assertThat(rejection()).hasMessageContaining("maxPending (0 waiting)");
    }

    @Test
    void whoWaitsTooLongIsRejectedAndTheProviderIsNotBlamed() {
        WireProvider provider = provider(1);
        holder(provider);
        call(provider, "second");
        time.advanceTimeBy(Duration.ofSeconds(10).minusNanos(1));
        assertThat(errors).isEmpty();
        time.advanceTimeBy(Duration.ofNanos(2));

        assertThat(rejection()).hasMessageContaining("pendingTimeout (10 s)");
        assertThat(provider.admission().snapshot().waiting()).isZero();
    }

    @Test
    void interactiveCallsGoBeforeBatches() throws InterruptedException {
        WireProvider provider = provider(10);
        Disposable first = holder(provider);
        server.then(Scripts.json(200, "one")).then(Scripts.json(200, "two"));
        CountDownLatch both = new CountDownLatch(2);
        List<String> order = new CopyOnWriteArrayList<>();
        for (Priority priority : List.of(Priority.BATCH, Priority.INTERACTIVE)) {
            provider.complete("hello").contextWrite(priority::in).subscribe(answer -> {
                order.add(priority + " " + answer.text());
                both.countDown();
            });
        }
        first.dispose();

        assertThat(both.await(3, TimeUnit.MINUTES)).isTrue();
        assertThat(order).containsExactly("INTERACTIVE one", "BATCH two");
    }

    @Test
    void anotherHostIsNotHeld() throws InterruptedException {
        WireProvider full = provider(10);
        holder(full);
        call(full, "waits");
        try (FaultServer other = FaultServer.start()) {
            other.always(Scripts.json(200, "hi"));
            WireProvider free = provider(other, config -> config.httpSettings(http -> http.maxConnections(1)));
            CountDownLatch answered = new CountDownLatch(1);
            free.complete("hello").subscribe(answer -> answered.countDown());

            assertThat(answered.await(3, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(full.admission().snapshot().waiting()).isEqualTo(1);
    }

    @Test
    void tenThousandCallsThatWaitForTheConnectionCancelAtOnceAndLeaveNothing() throws InterruptedException {
        WireProvider provider = provider(10_000);
        Disposable first = holder(provider);
        List<Disposable> calls = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            calls.add(call(provider, "waits"));
        }
        assertThat(provider.admission().snapshot().waiting()).isEqualTo(10_000);
        calls.forEach(Disposable::dispose);
        assertThat(provider.admission().snapshot().waiting()).isZero();
        first.dispose();
        assertThat(provider.admission().snapshot().inFlight()).isZero();

        server.always(Scripts.json(200, "hi"));
        CountDownLatch answered = new CountDownLatch(1);
        provider.complete("hello").subscribe(answer -> answered.countDown());
        assertThat(answered.await(3, TimeUnit.MINUTES)).isTrue();
        assertThat(errors).isEmpty();
        assertThat(server.calls()).isEqualTo(2);
    }
}
