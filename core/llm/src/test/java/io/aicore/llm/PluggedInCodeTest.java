package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryOnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Whatever overridden methods and clocks throw or return, the call ends, and nothing reaches subscribe. */
class PluggedInCodeTest {

    private final AtomicReference<@Nullable Object> end = new AtomicReference<>();

    private void assertBothFail(LlmProvider provider) {
        provider.complete("hello").subscribe(end::set, end::set);
        assertThat(end.get()).isInstanceOf(Throwable.class);
        end.set(null);
        provider.stream("hello").subscribe(end::set, end::set);
        assertThat(end.get()).isInstanceOf(Throwable.class);
    }

    @ParameterizedTest
    @EnumSource
    void anOverriddenRetryThatThrowsEndsTheCall(Thrown thrown) {
        List<CallEnd> ends = new ArrayList<>();
        CallObserver observer = (start, context) -> new CallObservation() {
            @Override
            public void onEvent(RetryEvent event) {}

            @Override
            public void ended(CallEnd end) {
                ends.add(end);
            }
        };
        LlmProvider provider =
                new LlmBaseProvider(
                        "own",
                        LlmConfig.builder()
                                .provider("own")
                                .model("m")
                                .observer(observer)
                                .build()) {
                    @Override
                    protected Mono<Completion> attempt(CompletionRequest request) {
                        return Mono.just(Completion.of("fine"));
                    }

                    @Override
                    protected RetryOnFailure retry(RetryOnFailure defaults) {
                        return thrown.now();
                    }
                };

        assertBothFail(provider);
        assertThat(ends).extracting(CallEnd::outcome).containsExactly(CallOutcome.ERROR, CallOutcome.ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptThatThrowsEndsTheCall(Thrown thrown) {
        LlmProvider provider = new LlmBaseProvider(
                "own", LlmConfig.builder().provider("own").model("m").build()) {
            @Override
            protected Mono<Completion> attempt(CompletionRequest request) {
                return thrown.now();
            }
        };

        assertBothFail(provider);
    }

    /** Runs tasks as another scheduler does. */
    private record BrokenClock(Scheduler given, AtomicBoolean broken, Thrown thrown) implements Scheduler {

        @Override
        public Disposable schedule(Runnable task) {
            return given.schedule(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return given.schedule(task, delay, unit);
        }

        @Override
        public Worker createWorker() {
            return given.createWorker();
        }

        @Override
        public long now(TimeUnit unit) {
            return broken.get() ? thrown.<Long>now() : given.now(unit);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    void aClockThatThrowsKeepsNoEndFromObservers(Thrown thrown) {
        AtomicBoolean broken = new AtomicBoolean();
        AtomicReference<CallEnd> heard = new AtomicReference<>();
        CallObserver observer = (start, context) -> new CallObservation() {
            @Override
            public void onEvent(RetryEvent event) {}

            @Override
            public void ended(CallEnd end) {
                heard.set(end);
            }
        };
        LlmConfig config = LlmConfig.builder()
                .provider("own")
                .model("m")
                .observer(observer)
                .scheduler(new BrokenClock(Schedulers.parallel(), broken, thrown))
                .build();
        LlmProvider provider = new LlmBaseProvider("own", config) {
            @Override
            protected Mono<Completion> attempt(CompletionRequest request) {
                broken.set(true);
                return Mono.error(new IllegalStateException("no answer"));
            }
        };

        provider.complete("hello").subscribe(end::set, end::set);
        assertThat(end.get()).isInstanceOf(LlmException.class);
        assertThat(heard.get().outcome()).isEqualTo(CallOutcome.ERROR);
    }
}
