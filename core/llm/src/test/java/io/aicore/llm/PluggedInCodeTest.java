package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallStart;
import io.aicore.llm.tools.ToolLoop;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryOnFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Whatever observers, tools and overridden methods throw or return, the call ends, and nothing reaches subscribe. */
class PluggedInCodeTest {

    enum Thrown {
        LINKAGE,
        OVERFLOW,
        RUNTIME,
        NULL;

        /** Throws, or gives null. */
        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
        <T> T now() {
            switch (this) {
                case LINKAGE -> throw new NoClassDefFoundError("boom");
                case OVERFLOW -> throw new StackOverflowError("boom");
                case RUNTIME -> throw new IllegalStateException("boom");
                case NULL -> {
                    return null;
                }
            }
            throw new AssertionError(this);
        }
    }

    enum Hook {
        BEGIN,
        CONTEXT,
        EVENT,
        CHUNK,
        ENDED
    }

    /** Does something at one of the hooks. */
    private record Meddler(Hook at, Runnable deed) implements CallObserver, CallObservation {

        private void reached(Hook hook) {
            if (hook == at) {
                deed.run();
            }
        }

        @Override
        public CallObservation begin(CallStart start, ContextView context) {
            reached(Hook.BEGIN);
            return this;
        }

        @Override
        public Context attemptContext(Context context) {
            reached(Hook.CONTEXT);
            return context;
        }

        @Override
        public void onEvent(RetryEvent event) {
            reached(Hook.EVENT);
        }

        @Override
        public void onChunk(Duration gap) {
            reached(Hook.CHUNK);
        }

        @Override
        public void ended(CallEnd end) {
            reached(Hook.ENDED);
        }
    }

    private static final Tool NOTHING = Tool.of("nothing", "does nothing", Map.of("type", "object"));

    private final AtomicReference<@Nullable Object> end = new AtomicReference<>();
    private final List<CallEnd> told = new ArrayList<>();

    private final CallObserver witness = (start, context) -> new CallObservation() {
        @Override
        public void onEvent(RetryEvent event) {}

        @Override
        public void ended(CallEnd end) {
            told.add(end);
        }
    };

    private ScriptedProvider provider(Hook hook, Runnable deed) {
        return ScriptedProvider.create(
                config -> config.observer(new Meddler(hook, deed)).observer(witness));
    }

    @ParameterizedTest
    @EnumSource
    void anObserverThatThrowsHarmsNoCall(Hook hook) {
        for (Thrown thrown : Thrown.values()) {
            ScriptedProvider provider = provider(hook, thrown::now);

            provider.answers("a", "b").complete("hello").map(Completion::text).subscribe(end::set, end::set);
            assertThat(end.get()).as("a plain call, %s", thrown).isEqualTo("ab");

            provider.answers("a", "b").stream("hello")
                    .map(CompletionChunk::text)
                    .reduce(String::concat)
                    .subscribe(end::set, end::set);
            assertThat(end.get()).as("a stream, %s", thrown).isEqualTo("ab");

            LlmException failure = ScriptedProvider.failure(ErrorCategory.INVALID_REQUEST, 400, false, null);
            provider.fails(failure).complete("hello").subscribe(end::set, end::set);
            assertThat(end.get()).as("a failure, %s", thrown).isSameAs(failure);
        }
        assertThat(told).as("the other observer hears each end").hasSize(3 * Thrown.values().length);
    }

    @ParameterizedTest
    @CsvSource({
        "BEGIN, true",
        "CONTEXT, true",
        "EVENT, true",
        "ENDED, true", //
        "BEGIN, false",
        "CONTEXT, false",
        "EVENT, false",
        "CHUNK, false",
        "ENDED, false"
    })
    void whatEndsTheJvmPassesOnceTheCallHasEnded(Hook hook, boolean plain) {
        OutOfMemoryError last = new OutOfMemoryError("boom");
        ScriptedProvider provider = provider(hook, () -> {
                    throw last;
                })
                .answers("a", "b");

        assertThatThrownBy(() -> {
                    if (plain) {
                        provider.complete("hello").subscribe(end::set, end::set);
                    } else {
                        provider.stream("hello").subscribe(chunk -> {}, end::set, () -> end.set("ended"));
                    }
                })
                .isSameAs(last);
        if (hook == Hook.ENDED) {
            assertThat(end.get()).as("the end that it was").isNotNull().isNotInstanceOf(Throwable.class);
        } else {
            assertThat(end.get())
                    .isInstanceOfSatisfying(
                            Throwable.class, error -> assertThat(error).hasRootCause(last));
        }
        assertThat(told).as("the other observer hears of the end").hasSize(1);
    }

    @Test
    void aFailureStaysTheFailureWhenAnObserverMeetsTheEndOfTheJvm() {
        OutOfMemoryError last = new OutOfMemoryError("boom");
        LlmException failure = ScriptedProvider.failure(ErrorCategory.INVALID_REQUEST, 400, false, null);
        ScriptedProvider provider = provider(Hook.ENDED, () -> {
                    throw last;
                })
                .fails(failure);

        assertThatThrownBy(() -> provider.complete("hello").subscribe(end::set, end::set))
                .isSameAs(last);
        assertThat(end.get()).isSameAs(failure);
    }

    @Test
    void aCancelGoesUpstreamBeforeTheEndOfTheJvmPasses() {
        OutOfMemoryError last = new OutOfMemoryError("boom");
        for (Hook hook : new Hook[] {Hook.EVENT, Hook.ENDED}) {
            AtomicReference<@Nullable Runnable> deed = new AtomicReference<>();
            ScriptedProvider provider = provider(hook, () -> {
                        Runnable now = deed.get();
                        if (now != null) {
                            now.run();
                        }
                    })
                    .then(Flux.never());
            Disposable call = provider.complete("hello").subscribe(end::set, end::set);
            deed.set(() -> {
                throw last;
            });

            assertThatThrownBy(call::dispose).isSameAs(last);
            assertThat(provider.cancels).as("%s", hook).isEqualTo(1);
        }
    }

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

    @ParameterizedTest
    @EnumSource
    void aToolThatThrowsIsToldToTheModel(Thrown thrown) {
        for (Function<ToolCall, Mono<String>> tool : List.<Function<ToolCall, Mono<String>>>of(
                call -> thrown.now(),
                call -> Mono.defer(() -> thrown.now()),
                call -> Mono.fromRunnable(thrown::now).thenReturn("ran").filter(ran -> thrown != Thrown.NULL))) {
            ScriptedProvider provider = asksForATool().answers("sorry");

            ToolLoop.of(provider)
                    .scheduler(provider.time)
                    .tool(NOTHING, tool)
                    .run("hello")
                    .map(result -> result.completion().text())
                    .subscribe(end::set, end::set);

            assertThat(end.getAndSet(null)).isEqualTo("sorry");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsToldOfAFailedToolMayThrow(Thrown thrown) {
        ScriptedProvider provider = asksForATool().answers("sorry");
        ToolLoop.of(provider)
                .scheduler(provider.time)
                .tool(NOTHING, call -> Mono.error(new IllegalStateException("failed")))
                .onToolError((call, error) -> thrown.now())
                .run("hello")
                .subscribe(end::set, end::set);

        assertThat(end.get()).isInstanceOf(Throwable.class);
    }

    private static ScriptedProvider asksForATool() {
        List<ToolCallDelta> calls = List.of(new ToolCallDelta(0, "id", NOTHING.name(), "{}"));
        return ScriptedProvider.create()
                .then(Flux.just(
                        new CompletionChunk("", "", "", calls, null, Map.of()),
                        CompletionChunk.of(ChunkInfo.of(FinishReason.TOOL_CALLS, "tool_calls"))));
    }
}
