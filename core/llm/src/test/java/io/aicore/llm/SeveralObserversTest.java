package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Observers beside others, and around providers and calls of other kinds. */
class SeveralObserversTest {

    private final Notebook notebook = new Notebook();

    @Test
    void eachObserverFindsInTheContextWhatTheOthersAddedWhicheverCameFirst() {
        ScriptedProvider provider = ScriptedProvider.create(config ->
                        config.observer(adding("one")).observer(adding("two")).observer(notebook))
                .answers("hi");

        StepVerifier.create(provider.complete("hello").contextWrite(Context.of("caller", "me")))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(begun).containsExactly("one sees one, two of me", "two sees one, two of me");
        assertThat(notebook.callers).containsExactly("me");
    }

    private final List<String> begun = new ArrayList<>();

    private CallObserver adding(String name) {
        return (start, caller) -> new CallObservation() {
            @Override
            public Context callContext(Context context) {
                return context.put("added", context.hasKey("added") ? context.get("added") + ", " + name : name);
            }

            @Override
            public void onBegin(ContextView context) {
                begun.add(name + " sees " + context.get("added") + " of " + context.get("caller"));
            }

            @Override
            public void onEvent(RetryEvent event) {}

            @Override
            public void ended(CallEnd end) {}
        };
    }

    @Test
    void anObserverThatThrowsHarmsNeitherTheCallNorTheOthers() {
        CallObservation thrower = new CallObservation() {
            @Override
            public void onEvent(RetryEvent event) {
                throw new IllegalStateException("event");
            }

            @Override
            public void ended(CallEnd end) {
                throw new IllegalStateException("end");
            }

            @Override
            public Context attemptContext(Context context) {
                throw new IllegalStateException("context");
            }

            @Override
            public Context callContext(Context context) {
                throw new IllegalStateException("context of the call");
            }

            @Override
            public void onBegin(ContextView context) {
                throw new IllegalStateException("on begin");
            }
        };
        ScriptedProvider provider = ScriptedProvider.create(config -> config.observer((start, context) -> thrower)
                        .observer((start, context) -> {
                            throw new IllegalStateException("begin");
                        })
                        .observer(notebook))
                .answers("hi");

        StepVerifier.create(provider.complete("hello")).expectNextCount(1).verifyComplete();
        assertThat(notebook.told).containsExactly("AttemptStarted 1", "Succeeded 1", "ended SUCCESS");
    }

    @Test
    void aCallInsideAnotherOnesAttemptIsStillToldItsEnd() {
        ScriptedProvider provider =
                ScriptedProvider.create(config -> config.observer(notebook)).answers("hi");
        RetryOnFailure outer = RetryOnFailure.of(RetrySettings.defaults());

        StepVerifier.create(outer.protect(provider.complete("hello")))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(notebook.told).containsExactly("SteppedAside 1", "ended SUCCESS");
    }

    @Test
    void aProviderWithARetryOfItsOwnIsObservedToo() {
        LlmBaseProvider own = new LlmBaseProvider(
                "own", LlmConfig.builder().model("m").observer(notebook).build()) {
            @Override
            protected RetryOnFailure retry(RetryOnFailure defaults) {
                return RetryOnFailure.of(RetrySettings.defaults().maxRetries(0));
            }

            @Override
            protected Mono<Completion> attempt(CompletionRequest request) {
                return Mono.just(Completion.of("hi"));
            }
        };

        StepVerifier.create(own.complete("hello")).expectNextCount(1).verifyComplete();
        assertThat(notebook.told).containsExactly("AttemptStarted 1", "Succeeded 1", "ended SUCCESS");
    }
}
