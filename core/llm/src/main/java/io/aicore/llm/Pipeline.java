package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallRequest;
import io.aicore.retry.Attempt;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The one road of a call, from top to bottom. A newcomer reads this first.
 *
 * <pre>
 * request                         once per call, without what its model would refuse for certain
 *   observe                         beginning, events and end, for records, metrics and traces
 *   deadline                        the whole call, waits and queueing included
 *   retryWhen(RetryOnFailure)       each decision is an event for the listeners
 *   ─────────────────────────────  below: once per attempt
 *   proof                           authorizer(codec.encode(request)): whose credential it goes with
 *   admission                       the credential's gate and pace, a free place, circuit, latch of the credential
 *   attempt timeout                 first content of a stream; the exchange times its own phases
 *   exchange                        http.send(proven request)
 *   decode | classify               2xx | everything else, and errors inside a 200
 * completion                        with how it came and what it cost, or the last failure with its history
 * </pre>
 *
 * Without an authorizer the credential is the configured key, and the request is encoded within the exchange. A request that
 * is sent once more is proven once more.
 *
 * <p>The deadline belongs to the retry: only there the waits are known, and what was tried before. Admission is one permit
 * for all it consists of; what it waits for uses up no retry, and the attempt's timers start after it.
 */
final class Pipeline {

    private final LlmConfig config;
    private final BiFunction<CallRequest, ContextView, Call> begin;
    private final Attempts attempts;
    private final KnownModels models;

    Pipeline(
            LlmConfig config, BiFunction<CallRequest, ContextView, Call> begin, Attempts attempts, KnownModels models) {
        this.config = config;
        this.begin = begin;
        this.attempts = attempts;
        this.models = models;
    }

    Mono<Completion> complete(CompletionRequest asked) {
        return Mono.deferContextual(context -> {
            CostTracker cost = models.admit(config.withDefaults(asked), attempts::warnings);
            CompletionRequest request = cost.request();
            Call call = begin.apply(CallRequest.of(CallKind.COMPLETE, request), context);
            Mono<Completion> answer = answered(
                    call,
                    attemptContext -> attempts.complete(request, attemptContext),
                    cost::failed,
                    (completion, how) -> {
                        call.used(completion.usage());
                        return cost.settle(completion, how);
                    });
            return call.watched(answer, Call.Answered::of);
        });
    }

    /** One embedding request; a call with more texts than it may contain consists of several. */
    Mono<Embeddings> embed(EmbeddingRequest asked) {
        return Mono.deferContextual(context -> {
            EmbeddingRequest request = config.withDefaults(asked);
            Call call = begin.apply(CallRequest.of(request), context);
            Mono<Embeddings> vectors = answered(
                    call, attemptContext -> attempts.embed(request, attemptContext), error -> {}, (all, how) -> {
                        call.used(all.usage());
                        return all.provenance(how);
                    });
            return call.watched(vectors, all -> new Call.Answered(null, all.usage(), all.provenance()));
        });
    }

    Mono<Long> countTokens(CompletionRequest asked) {
        return Mono.deferContextual(context -> {
            CompletionRequest request = config.withDefaults(asked);
            Call call = begin.apply(CallRequest.of(CallKind.COUNT_TOKENS, request), context);
            Mono<Long> counted = answered(
                    call,
                    attemptContext -> attempts.countTokens(request, attemptContext),
                    error -> {},
                    (count, how) -> count);
            return call.watched(counted, count -> Call.Answered.NOTHING);
        });
    }

    Flux<CompletionChunk> stream(CompletionRequest asked) {
        return Flux.deferContextual(caller -> {
            CostTracker cost = models.admit(config.withDefaults(asked), attempts::warnings);
            CompletionRequest request = cost.request();
            boolean thinks = Thinking.isExpected(request, models.find(request.model()));
            Call call = begin.apply(CallRequest.of(CallKind.STREAM, request), caller);
            Flux<CompletionChunk> attempt = Flux.deferContextual(context -> {
                StreamAttempt tokens = call.streamAttempt(Attempt.current(context), thinks);
                UnaryOperator<Flux<CompletionChunk>> timed = chunks -> chunks.transform(tokens::untilCommitted)
                        .doOnError(error -> cost.failed(call.resumeState().stop() ? null : tokens.said()))
                        .onErrorMap(tokens::typed);
                return Mono.defer(() -> attempts.stream(request, call.attemptContext(), tokens))
                        .map(ready -> ready.exchange(timed))
                        .flatMapMany(ready -> call.admitted(
                                ready.credential(), permit -> tokens.admitted(permit, thinks, ready.exchange())))
                        .onErrorMap(tokens::typed)
                        .concatWith(tokens.last(cost));
            });
            return call.watched(call.retry().protect(call.inAttempt(attempt)).contextWrite(call.admission()::in));
        });
    }

    private static <T> Mono<T> answered(
            Call call,
            Function<AttemptContext, Mono<Ready<Mono<T>>>> once,
            Consumer<Throwable> failed,
            BiFunction<T, Provenance, T> delivered) {
        UnaryOperator<Mono<T>> whole = exchange -> exchange.doOnError(failed)
                .switchIfEmpty(Mono.error(call::emptyAnswer))
                .onErrorMap(call::typed);
        Mono<T> admitted = Mono.defer(() -> once.apply(call.attemptContext()))
                .map(ready -> ready.exchange(whole))
                .flatMap(ready -> call.admitted(ready.credential(), ready.exchange()))
                .onErrorMap(call::typed);
        Mono<T> attempt = Mono.deferContextual(context -> {
            call.attemptBegins();
            return admitted.map(answer -> delivered.apply(answer, call.provenance(Attempt.current(context), null)));
        });
        return call.retry().protect(call.inAttempt(attempt)).contextWrite(call.admission()::in);
    }
}
