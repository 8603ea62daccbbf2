package io.aicore.llm;

import io.aicore.limit.Guard;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The caller's subscription: a call of its own, which its attempts find in the Context on their way to admission. What
 * plugged-in code throws while the call begins is the call's error.
 */
final class CallSubscription<T> implements CoreSubscriber<T> {

    /** A call that has begun, and its answer. */
    record Begun<P>(Call call, P answer) {}

    private final CoreSubscriber<? super T> actual;
    private final Context context;
    private @Nullable Subscription call;

    private CallSubscription(CoreSubscriber<? super T> actual, Context context) {
        this.actual = actual;
        this.context = context;
    }

    static <T> Mono<T> mono(Function<ContextView, Begun<Mono<T>>> begin) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                CallSubscription.subscribe(begin, actual);
            }
        };
    }

    static <T> Flux<T> flux(Function<ContextView, Begun<Flux<T>>> begin) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                CallSubscription.subscribe(begin, actual);
            }
        };
    }

    private static <T, P extends Publisher<T>> void subscribe(
            Function<ContextView, Begun<P>> begin, CoreSubscriber<? super T> actual) {
        Context caller = actual.currentContext();
        Begun<P> begun;
        CallSubscription<T> subscription;
        try {
            begun = begin.apply(caller);
            subscription =
                    new CallSubscription<>(actual, begun.call().admission().in(caller));
        } catch (Throwable thrown) {
            Operators.error(actual, Operators.onOperatorError(Guard.signal(thrown), caller));
            Guard.throwIfJvmEnds(thrown);
            return;
        }
        begun.answer().subscribe(subscription);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        call = subscription;
        try {
            actual.onSubscribe(subscription);
        } catch (Throwable thrown) {
            subscription.cancel();
            throw thrown;
        }
    }

    /** Reactor's operators pass on a LinkageError or StackOverflowError of the caller's code: no signal follows it. */
    @Override
    public void onNext(T value) {
        try {
            actual.onNext(value);
        } catch (Throwable thrown) {
            Subscription running = call;
            if (running != null) {
                running.cancel();
            }
            throw thrown;
        }
    }

    @Override
    public void onError(Throwable error) {
        actual.onError(error);
    }

    @Override
    public void onComplete() {
        actual.onComplete();
    }
}
