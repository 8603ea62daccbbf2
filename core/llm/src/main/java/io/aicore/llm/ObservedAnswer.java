package io.aicore.llm;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallOutcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The subscriber of a call that has observers; they hear of its end before the caller does, but of a cancel after it. */
final class ObservedAnswer<T> implements CoreSubscriber<T>, Subscription {

    @SuppressWarnings("rawtypes") // A field updater knows no type arguments.
    private static final AtomicIntegerFieldUpdater<ObservedAnswer> LEFT =
            AtomicIntegerFieldUpdater.newUpdater(ObservedAnswer.class, "left");

    private final CoreSubscriber<? super T> actual;
    private final Call call;
    private final @Nullable Function<? super T, Answered> told;
    private @Nullable Subscription upstream;
    private boolean answered;

    @SuppressWarnings("UnusedVariable") // Read by its updater.
    private volatile int left;

    /**
     * @param told what observers get of an answer; null for a stream, whose attempt keeps it
     */
    private ObservedAnswer(CoreSubscriber<? super T> actual, Call call, @Nullable Function<? super T, Answered> told) {
        this.actual = actual;
        this.call = call;
        this.told = told;
    }

    /** An answer as observers receive it. */
    record Answered(
            @Nullable Completion answer,
            @Nullable Usage usage,
            @Nullable Provenance provenance) {

        static final Answered NOTHING = new Answered(null, null, null);

        static Answered of(Completion answer) {
            return new Answered(answer, answer.usage(), answer.provenance());
        }

        static Answered of(Embeddings vectors) {
            return new Answered(null, vectors.usage(), vectors.provenance());
        }
    }

    /** The whole call; reports its end to its observers. */
    static <T> Mono<T> of(Call call, Mono<T> answer, Function<? super T, Answered> told) {
        if (call.observers().none()) {
            return answer;
        }
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                answer.subscribe(new ObservedAnswer<T>(actual, call, told));
            }
        };
    }

    /** The whole stream; reports its end to its observers. The last chunk has its response metadata. */
    static <T> Flux<T> of(Call call, Flux<T> answer) {
        if (call.observers().none()) {
            return answer;
        }
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                answer.subscribe(new ObservedAnswer<T>(actual, call, null));
            }
        };
    }

    /** An attempt, which sees what its observers have added to the Context. */
    static <T> Mono<T> attempt(Call call, Mono<T> attempt) {
        CompositeObservation observers = call.observers();
        return observers.none() ? attempt : attempt.contextWrite(observers::attemptContext);
    }

    /** An attempt at a stream, which sees what its observers have added to the Context. */
    static <T> Flux<T> attempt(Call call, Flux<T> attempt) {
        CompositeObservation observers = call.observers();
        return observers.none() ? attempt : attempt.contextWrite(observers::attemptContext);
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        actual.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        Subscription subscription = upstream;
        if (subscription != null) {
            subscription.request(n);
        }
    }

    @Override
    public void onNext(T value) {
        if (told != null) {
            answered = true;
            ended(CallOutcome.SUCCESS, told.apply(value), null);
        }
        actual.onNext(value);
    }

    @Override
    public void onComplete() {
        if (!answered) {
            ended(CallOutcome.SUCCESS, told == null ? streamed() : Answered.NOTHING, null);
        }
        actual.onComplete();
        passJvmEnd();
    }

    @Override
    public void onError(Throwable error) {
        Completion partial = error instanceof LlmException failure ? failure.partial() : null;
        Usage usage = partial == null ? null : partial.usage();
        ended(CallOutcome.ERROR, new Answered(partial, usage, null), error);
        actual.onError(error);
        passJvmEnd();
    }

    /** Observers hear of it after the retry's listeners, so that the end is always last. */
    @Override
    public void cancel() {
        Subscription subscription = upstream;
        if (subscription != null) {
            subscription.cancel();
        }
        if (LEFT.compareAndSet(this, 0, 1)) {
            cancelled();
            call.observers().passJvmEnd();
        }
    }

    /** After the caller has left. */
    private void passJvmEnd() {
        if (LEFT.compareAndSet(this, 0, 1)) {
            call.observers().passJvmEnd();
        }
    }

    private Answered streamed() {
        StreamAttempt last = call.stream();
        return last == null ? Answered.NOTHING : last.answered();
    }

    /** The cancelling thread must not read an answer that another thread is adding to. */
    private void cancelled() {
        StreamAttempt last = call.stream();
        ChunkInfo said = last == null ? null : last.said();
        Usage usage = said == null ? null : said.usage();
        ended(CallOutcome.CANCELLED, new Answered(null, usage, null), null);
    }

    private void ended(CallOutcome outcome, Answered said, @Nullable Throwable error) {
        StreamAttempt last = call.stream();
        Duration timeToFirstToken = last == null ? null : last.timeToFirstToken();
        Heard heard = call.response();
        call.observers()
                .ended(new CallReport.End(
                        outcome,
                        call.elapsed(),
                        timeToFirstToken,
                        said.answer(),
                        said.usage(),
                        said.provenance(),
                        heard == null ? null : heard.head(),
                        error));
    }
}
