package io.aicore.llm;

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
import io.aicore.llm.http.Timeouts;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The attempts of a custom provider, held to the timeouts by us: it need not know them. */
final class TimedAttempts implements Attempts {

    private final LlmBaseProvider provider;
    private final String name;
    private final Scheduler scheduler;

    TimedAttempts(LlmBaseProvider provider, String name, Scheduler scheduler) {
        this.provider = provider;
        this.name = name;
        this.scheduler = scheduler;
    }

    @Override
    public Mono<Completion> complete(CompletionRequest request, Terms terms) {
        return inTime(provider.attempt(request), request.model(), terms.timeouts());
    }

    @Override
    public Mono<Embeddings> embed(EmbeddingRequest request, Terms terms) {
        return inTime(provider.attemptEmbed(request), request.model(), terms.timeouts());
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        return provider.maxInputs(request);
    }

    @Override
    public Mono<Long> countTokens(CompletionRequest request, Terms terms) {
        return inTime(provider.attemptCountTokens(request), request.model(), terms.timeouts());
    }

    @Override
    public Flux<CompletionChunk> stream(CompletionRequest request, Terms terms) {
        Timeouts timeouts = terms.timeouts();
        return provider.attemptStream(request)
                .timeout(
                        Mono.never(),
                        chunk -> Mono.delay(timeouts.idle(), scheduler),
                        Mono.error(late(request.model(), timeouts.idle(), "further chunk", Phase.BODY)));
    }

    private <T> Mono<T> inTime(Mono<T> attempt, @Nullable String model, Timeouts timeouts) {
        Duration limit = timeouts.firstToken() != null && timeouts.firstToken().compareTo(timeouts.attempt()) < 0
                ? timeouts.firstToken()
                : timeouts.attempt();
        return attempt.timeout(limit, Mono.error(late(model, limit, "answer", Phase.FIRST_BYTE)), scheduler);
    }

    private Supplier<LlmException> late(@Nullable String model, Duration limit, String what, Phase phase) {
        return () -> new LlmTimeoutException(
                ErrorDetails.of(name, ErrorCategory.TIMEOUT, true, "no " + what + " within " + limit.toMillis() + " ms")
                        .model(model)
                        .phase(phase),
                null);
    }
}
