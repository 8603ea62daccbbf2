package io.aicore.llm;

import io.aicore.limit.Guard;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.internal.ExpiryTicks;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallRequest;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
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
 * <p>The classes of a completion, each with those nested in it, in the order in which a call passes them. Down to Netty:
 * {@code WireProvider}, {@code Pipeline}, {@code CallSubscription}, {@code RetriedMono}, {@code RetriedCall},
 * {@code WholeAttempt}, {@code ProtectedMono}, {@code LaneEntry}, {@code AdmissionLane}, {@code ProtectedSubscriber},
 * {@code WireExchange}, {@code HttpTransport}, {@code Exchange}, {@code Outgoing}. And back, new ones only:
 * {@code ExchangeCodec}, {@code Responses}, {@code WholeBody}, {@code RetriedValue}.
 *
 * <p>A stack trace has all of them but three, which return what the next one goes on with: {@code LaneEntry} and
 * {@code AdmissionLane} a permit, if there is one at once, and {@code Responses} the body. Who is only asked for what a call is
 * made of is not among them: {@code CallFactory}, {@code WireAttempts}, {@code Endpoints}.
 *
 * <p>The deadline belongs to the retry: only there the waits are known, and what was tried before. Admission is one permit
 * for all it consists of; what it waits for uses up no retry, and the attempt's timers start after it.
 */
final class Pipeline {

    private final LlmConfig config;
    private final CallFactory calls;
    private final Attempts attempts;
    private final KnownModels models;
    private volatile @Nullable ExpiryTicks ticks;

    Pipeline(LlmConfig config, CallFactory calls, Attempts attempts, KnownModels models) {
        this.config = config;
        this.calls = calls;
        this.attempts = attempts;
        this.models = models;
    }

    Mono<Completion> complete(CompletionRequest asked) {
        return CallSubscription.mono(caller -> {
            CostTracker cost = models.admit(config.defaults().fill(asked), attempts::warnings);
            Call call = calls.begin(CallRequest.of(CallKind.COMPLETE, cost.request()), caller);
            return observed(
                    call,
                    retried(call, admitted(call, new Completing(attempts, call, cost))),
                    ObservedAnswer.Answered::of);
        });
    }

    /** As many calls as the texts need, with one deadline for all of them. */
    Mono<Embeddings> embed(EmbeddingRequest asked) {
        // How many texts a request may hold is often the model's to say: it must be known before they are shared out.
        EmbeddingRequest named = asked.model() == null ? asked.model(config.embeddingModel()) : asked;
        Duration deadline = calls.settings(named.overrides()).deadline();
        return Guard.subscribed(new Embedder(attempts::maxInputs, this::embedOnce, CallFactory.scheduler(config))
                .embed(named, deadline));
    }

    private Mono<Embeddings> embedOnce(EmbeddingRequest asked) {
        return CallSubscription.mono(caller -> {
            EmbeddingRequest request = config.defaults().fill(asked);
            Call call = calls.begin(CallRequest.of(request), caller);
            return observed(
                    call,
                    retried(call, admitted(call, new Embedding(attempts, call, request))),
                    ObservedAnswer.Answered::of);
        });
    }

    Mono<Long> countTokens(CompletionRequest asked) {
        return CallSubscription.mono(caller -> {
            CompletionRequest request = config.defaults().fill(asked);
            Call call = calls.begin(CallRequest.of(CallKind.COUNT_TOKENS, request), caller);
            return observed(
                    call,
                    retried(call, admitted(call, new Counting(attempts, request))),
                    count -> ObservedAnswer.Answered.NOTHING);
        });
    }

    Flux<CompletionChunk> stream(CompletionRequest asked) {
        return CallSubscription.flux(caller -> {
            CostTracker cost = models.admit(config.defaults().fill(asked), attempts::warnings);
            CompletionRequest request = cost.request();
            boolean thinks = Thinking.isExpected(request, models.find(request.model()));
            Call call = calls.begin(CallRequest.of(CallKind.STREAM, request), caller);
            return observed(call, retried(call, admitted(call, cost, thinks)));
        });
    }

    private static <T> CallSubscription.Begun<Mono<T>> observed(
            Call call, Mono<T> answer, Function<T, ObservedAnswer.Answered> told) {
        return new CallSubscription.Begun<>(call, ObservedAnswer.of(call, answer, told));
    }

    private static CallSubscription.Begun<Flux<CompletionChunk>> observed(Call call, Flux<CompletionChunk> answer) {
        return new CallSubscription.Begun<>(call, ObservedAnswer.of(call, answer));
    }

    private static <T> Mono<T> retried(Call call, Mono<T> attempt) {
        return call.retry().protect(ObservedAnswer.attempt(call, attempt));
    }

    private static Flux<CompletionChunk> retried(Call call, Flux<CompletionChunk> attempt) {
        return call.retry().protect(ObservedAnswer.attempt(call, attempt));
    }

    private static <T> Mono<T> admitted(Call call, WholeAttempt.Kind<T> timed) {
        return new WholeAttempt<>(call, timed);
    }

    private Flux<CompletionChunk> admitted(Call call, CostTracker cost, boolean thinks) {
        StreamedAttempt.Source timed =
                (tokens, context) -> attempts.stream(cost.request(), call.attemptContext(), tokens, context);
        return new StreamedAttempt(call, timed, cost, thinks, ticks(call.scheduler()));
    }

    /** One timer for the first content of all streams. */
    private ExpiryTicks ticks(Scheduler scheduler) {
        ExpiryTicks known = ticks;
        if (known == null || !known.isOn(scheduler)) {
            known = new ExpiryTicks(scheduler);
            ticks = known;
        }
        return known;
    }

    private record Completing(Attempts attempts, Call call, CostTracker cost) implements WholeAttempt.Kind<Completion> {

        @Override
        public Ready<Mono<Completion>> ready(AttemptContext attemptContext, ContextView context) {
            return attempts.complete(cost.request(), attemptContext, context);
        }

        @Override
        public Completion delivered(Completion answer, Provenance how) {
            call.used(answer.usage());
            return cost.settle(answer, how);
        }

        @Override
        public void failed(Throwable error) {
            cost.failed(error);
        }
    }

    private record Embedding(Attempts attempts, Call call, EmbeddingRequest request)
            implements WholeAttempt.Kind<Embeddings> {

        @Override
        public Ready<Mono<Embeddings>> ready(AttemptContext attemptContext, ContextView context) {
            return attempts.embed(request, attemptContext, context);
        }

        @Override
        public Embeddings delivered(Embeddings answer, Provenance how) {
            call.used(answer.usage());
            return answer.provenance(how);
        }
    }

    private record Counting(Attempts attempts, CompletionRequest request) implements WholeAttempt.Kind<Long> {

        @Override
        public Ready<Mono<Long>> ready(AttemptContext attemptContext, ContextView context) {
            return attempts.countTokens(request, attemptContext, context);
        }

        @Override
        public Long delivered(Long count, Provenance how) {
            return count;
        }
    }
}
