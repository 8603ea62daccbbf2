package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.retry.Attempt;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The one road of a call, from top to bottom. A newcomer reads this first.
 *
 * <pre>
 * request                         once per call
 *   deadline                        the whole call, waits and queueing included
 *   retryWhen(RetryOnFailure)       each decision is an event for the listeners
 *   ─────────────────────────────  below: once per attempt
 *   admission                       credential latch, then circuit permit
 *   attempt timeout                 first token of a stream; the exchange times its own phases
 *   exchange                        http.send(codec.encode(request))
 *   decode | classify               2xx | everything else, and errors inside a 200
 * completion                        with how it came, or the last failure with its history
 * </pre>
 *
 * The deadline belongs to the retry: only there the waits are known, and what was tried before. The place of the
 * provider-wide gate and of pacing is between latch and circuit.
 */
final class Pipeline {

    private final Function<CompletionRequest, Call> begin;
    private final Attempts attempts;

    Pipeline(Function<CompletionRequest, Call> begin, Attempts attempts) {
        this.begin = begin;
        this.attempts = attempts;
    }

    Mono<Completion> complete(CompletionRequest asked) {
        return Mono.defer(() -> {
            Call call = begin.apply(asked);
            Mono<Completion> exchange = Mono.defer(() -> attempts.complete(call.request(), call.timeouts()))
                    .switchIfEmpty(Mono.error(call::emptyAnswer))
                    .onErrorMap(call::typed);
            Mono<Completion> admitted = call.latch()
                    .protect(call.circuit().protectSilent(exchange), Failures::keyOutcome)
                    .onErrorMap(call::typed);
            Mono<Completion> attempt = Mono.deferContextual(
                    context -> admitted.map(answer -> call.delivered(answer, Attempt.current(context))));
            return call.retry().protect(attempt);
        });
    }

    Flux<CompletionChunk> stream(CompletionRequest asked) {
        return Flux.defer(() -> {
            Call call = begin.apply(asked);
            Flux<CompletionChunk> attempt = Flux.deferContextual(context -> {
                StreamAttempt tokens = call.streamAttempt(Attempt.current(context));
                Flux<CompletionChunk> exchange = Flux.defer(() -> attempts.stream(call.request(), call.timeouts()))
                        .transform(tokens::untilCommitted)
                        .onErrorMap(tokens::typed);
                return call.latch()
                        .protect(call.circuit().protect(exchange, CompletionChunk::hasContent), Failures::keyOutcome)
                        .onErrorMap(tokens::typed)
                        .concatWith(tokens.last());
            });
            return call.retry().protect(attempt);
        });
    }
}
