package io.aicore.examples.quickstart;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.ProviderControls;
import io.aicore.llm.chat.Completion;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One question, asked once. */
final class Question implements AutoCloseable {

    private final Arguments arguments;
    private final LlmConfig config;
    private final LlmProvider provider;
    private final Output output;
    private final Scheduler printing;

    /**
     * Ready to ask.
     *
     * @param printing the output's thread
     * @throws IllegalArgumentException if the configuration lacks something
     */
    Question(Arguments arguments, LlmConfig config, Output output, Scheduler printing) {
        this.arguments = arguments;
        this.config =
                config.toBuilder().listener(new Narration(output, printing)).build();
        this.provider = Llm.from(this.config);
        this.output = output;
        this.printing = printing;
    }

    /** The exit code. Blocks until the answer is there, the call has failed, or {@code stop} says that the user left. */
    int ask(Publisher<?> stop) {
        Disposable circuit = tellCircuit();
        try {
            return answer().flatMap(answer -> say(() -> output.completion(answer), Main.ANSWERED))
                    .onErrorResume(error -> say(() -> output.error(error), Main.FAILED))
                    .takeUntilOther(stop)
                    .switchIfEmpty(Mono.defer(() -> say(output::cancelled, Main.INTERRUPTED)))
                    .blockOptional()
                    .orElse(Main.INTERRUPTED);
        } finally {
            circuit.dispose();
        }
    }

    private Mono<Completion> answer() {
        if (arguments.stream) {
            return Completion.from(provider.stream(arguments.prompt())
                    .publishOn(printing)
                    .doOnNext(chunk -> {
                        if (!chunk.text().isEmpty()) {
                            output.chunk(chunk.text());
                        }
                    }));
        }
        return provider.complete(arguments.prompt());
    }

    /** The last word: queued behind all that was told before. */
    private Mono<Integer> say(Runnable word, int exitCode) {
        return Mono.<Integer>fromRunnable(word).subscribeOn(printing).defaultIfEmpty(exitCode);
    }

    private Disposable tellCircuit() {
        return provider instanceof ProviderControls controls
                ? controls.circuit(String.valueOf(config.model()))
                        .states()
                        .publishOn(printing)
                        .subscribe(output::circuit)
                : Disposables.disposed();
    }

    @Override
    public void close() {
        provider.dispose();
    }
}
