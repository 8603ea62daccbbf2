package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Whatever an observer throws, the call ends as it would without it, and the other observers hear of it. */
class PluggedInObserverTest {

    private final AtomicReference<@Nullable Object> end = new AtomicReference<>();
    private final List<CallEnd> told = new ArrayList<>();

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
}
