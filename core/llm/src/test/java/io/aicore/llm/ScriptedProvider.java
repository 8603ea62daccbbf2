package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.retry.Attempt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A custom provider whose attempts are written down beforehand, on virtual time. */
final class ScriptedProvider extends LlmBaseProvider {

    final List<Attempt> attempts = new ArrayList<>();
    final List<CompletionRequest> requests = new ArrayList<>();
    final VirtualTimeScheduler time;
    int cancels;
    private final Deque<Flux<CompletionChunk>> script = new ArrayDeque<>();

    private ScriptedProvider(LlmConfig config, VirtualTimeScheduler time) {
        super("scripted", config);
        this.time = time;
    }

    static ScriptedProvider create() {
        return create(config -> config);
    }

    static ScriptedProvider create(UnaryOperator<LlmConfigBuilder> settings) {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Scheduler scheduler = time;
        LlmConfigBuilder config =
                LlmConfig.builder().provider("scripted").model("model-1").scheduler(scheduler);
        return new ScriptedProvider(settings.apply(config).build(), time);
    }

    /** The next attempt, as a stream; a plain answer is what it adds up to. */
    ScriptedProvider then(Flux<CompletionChunk> attempt) {
        script.add(attempt);
        return this;
    }

    ScriptedProvider answers(String... pieces) {
        return then(Flux.fromArray(pieces).map(CompletionChunk::text));
    }

    ScriptedProvider fails(Throwable failure) {
        return then(Flux.error(failure));
    }

    static LlmException failure(ErrorCategory category, int status, boolean retryable, @Nullable Duration retryAfter) {
        return LlmException.of(ErrorDetails.of("scripted", category, retryable, "scripted " + category.word())
                .model("model-1")
                .response(status, null, "req-" + status)
                .retryAfter(retryAfter)
                .phase(Phase.FIRST_BYTE));
    }

    static LlmException overloaded() {
        return failure(ErrorCategory.OVERLOADED, 503, true, null);
    }

    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        return Mono.deferContextual(context -> {
            attempts.add(Attempt.current(context));
            requests.add(request);
            Flux<CompletionChunk> next = script.pollFirst();
            return Completion.from(next == null ? Flux.error(new AssertionError("no attempt left")) : next)
                    .doOnCancel(() -> cancels++);
        });
    }

    @Override
    protected Flux<CompletionChunk> attemptStream(CompletionRequest request) {
        return Flux.deferContextual(context -> {
            attempts.add(Attempt.current(context));
            requests.add(request);
            Flux<CompletionChunk> next = script.pollFirst();
            return (next == null ? Flux.<CompletionChunk>error(new AssertionError("no attempt left")) : next)
                    .doOnCancel(() -> cancels++);
        });
    }
}
