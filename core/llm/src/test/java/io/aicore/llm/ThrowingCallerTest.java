package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.retry.RetryEvent;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reactor's operators pass on what it holds for fatal, and then nobody cancels: the call must leave by itself. */
class ThrowingCallerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    enum Thrown {
        LINKAGE,
        OVERFLOW,
        RUNTIME;

        void now() {
            switch (this) {
                case LINKAGE -> throw new NoSuchMethodError("of another version");
                case OVERFLOW -> throw new StackOverflowError("nested too deeply");
                case RUNTIME -> throw new IllegalStateException("a bug");
            }
        }
    }

    private final FaultServer server = FaultServer.start();
    private final Queue<CallOutcome> ends = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(2);
    private final LlmProvider provider = WireProvider.create(
            LlmConfig.builder()
                    .provider("line")
                    .model("m")
                    .apiKey("key-0123456789")
                    .httpSettings(http -> http.maxConnections(1))
                    .observer((start, context) -> new CallObservation() {
                        @Override
                        public void onEvent(RetryEvent event) {}

                        @Override
                        public void ended(CallEnd end) {
                            ends.add(end.outcome());
                            ended.countDown();
                        }
                    })
                    .build(),
            "line",
            server.url("/v1"),
            new LineCodec());

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerLeavesItsPlaceToTheNextCall(Thrown thrown) throws InterruptedException {
        server.always(Scripts.json(200, "hi"));

        provider.complete("hello").doOnNext(answer -> thrown.now()).subscribe(answer -> {}, error -> {});

        assertThat(provider.complete("hello").block(PATIENCE)).isNotNull();
        assertThat(ended.await(PATIENCE.toMinutes(), TimeUnit.MINUTES)).isTrue();
        assertThat(ends).containsExactly(CallOutcome.SUCCESS, CallOutcome.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamLeavesItsPlaceToTheNextCall(Thrown thrown) throws InterruptedException {
        server.always(Scripts.events("a", "b", "END"));

        provider.stream("hello").doOnNext(chunk -> thrown.now()).subscribe(chunk -> {}, error -> {});

        assertThat(provider.stream("hello").collectList().block(PATIENCE)).isNotEmpty();
        // The place is free before observers hear of the cancel.
        assertThat(ended.await(PATIENCE.toMinutes(), TimeUnit.MINUTES)).isTrue();
        assertThat(ends).containsExactlyInAnyOrder(CallOutcome.CANCELLED, CallOutcome.SUCCESS);
    }
}
