package io.aicore.llm;

import io.aicore.internal.Seconds;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.StreamWaits;
import io.aicore.llm.http.Timeouts;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/** The attempts of a custom provider, with the timeouts applied. */
final class TimedAttempts implements Attempts {

    private final LlmBaseProvider provider;
    private final String name;
    private final LlmConfig config;

    TimedAttempts(LlmBaseProvider provider, String name, LlmConfig config) {
        this.provider = provider;
        this.name = name;
        this.config = config;
    }

    @Override
    public Ready<Mono<Completion>> complete(
            CompletionRequest request, AttemptContext attemptContext, ContextView context) {
        return inTime(() -> provider.attempt(request), request.model(), attemptContext.timeouts());
    }

    @Override
    public Ready<Mono<Embeddings>> embed(EmbeddingRequest request, AttemptContext attemptContext, ContextView context) {
        return inTime(() -> provider.attemptEmbed(request), request.model(), attemptContext.timeouts());
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        return provider.maxInputs(request);
    }

    @Override
    public Ready<Mono<Long>> countTokens(
            CompletionRequest request, AttemptContext attemptContext, ContextView context) {
        return inTime(() -> provider.attemptCountTokens(request), request.model(), attemptContext.timeouts());
    }

    @Override
    public Ready<Flux<CompletionChunk>> stream(
            CompletionRequest request, AttemptContext attemptContext, StreamWaits waits, ContextView context) {
        return Ready.of(Flux.defer(() -> {
            AtomicBoolean alive = new AtomicBoolean();
            return provider.attemptStream(request)
                    .doOnNext(chunk -> {
                        if (alive.compareAndSet(false, true)) {
                            waits.alive();
                        }
                    })
                    .timeout(
                            Mono.delay(waits.firstToken(), scheduler()),
                            chunk -> Mono.delay(waits.idle(), scheduler()),
                            Mono.error(() -> silent(request.model(), waits, alive.get())));
        }));
    }

    /** Looked up for each attempt, so that a virtual-time scheduler installed later is used. */
    private Scheduler scheduler() {
        return CallFactory.scheduler(config);
    }

    private LlmException silent(@Nullable String model, StreamWaits waits, boolean alive) {
        return alive
                ? late(model, waits.idle(), "further chunk", "idleTimeout", Phase.BODY)
                : late(model, waits.firstToken(), "chunk", "firstTokenTimeout", Phase.FIRST_BYTE);
    }

    private <T> Ready<Mono<T>> inTime(Supplier<Mono<T>> attempt, @Nullable String model, Timeouts timeouts) {
        Duration firstToken = timeouts.firstToken();
        if (firstToken != null && firstToken.compareTo(timeouts.attempt()) < 0) {
            return inTime(attempt, model, firstToken, "firstTokenTimeout");
        }
        return inTime(attempt, model, timeouts.attempt(), "attemptTimeout");
    }

    private <T> Ready<Mono<T>> inTime(
            Supplier<Mono<T>> attempt, @Nullable String model, Duration limit, String setting) {
        return Ready.of(Mono.defer(attempt)
                .timeout(
                        limit, Mono.error(() -> late(model, limit, "answer", setting, Phase.FIRST_BYTE)), scheduler()));
    }

    private LlmException late(@Nullable String model, Duration limit, String what, String setting, Phase phase) {
        String why = "no " + what + " within " + Seconds.text(limit) + " (" + setting + ")";
        ErrorDetails details = ErrorDetails.of(name, ErrorCategory.TIMEOUT, true, why);
        return new LlmTimeoutException(details.model(model).phase(phase), null);
    }
}
