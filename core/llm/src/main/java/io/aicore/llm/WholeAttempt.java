package io.aicore.llm;

import io.aicore.limit.Guard;
import io.aicore.llm.chat.Provenance;
import io.aicore.retry.Attempt;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * An attempt at a whole answer, as the retry subscribes to it: with its credential through admission to the exchange. Its
 * failures are typed, and an empty exchange is one.
 */
final class WholeAttempt<T> extends Mono<T> {

    /** What differs between completions, embeddings and token counts. */
    interface Kind<T> {

        /** The next attempt's exchange. */
        Ready<Mono<T>> ready(AttemptContext attemptContext, ContextView context);

        /** The answer as the caller gets it. */
        T delivered(T answer, Provenance how);

        /** The attempt has failed. */
        default void failed(Throwable error) {}
    }

    private final Call call;
    private final Kind<T> kind;

    WholeAttempt(Call call, Kind<T> kind) {
        this.call = call;
        this.kind = kind;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Mono<T> admitted;
        try {
            call.attemptBegins();
            Ready<Mono<T>> ready = kind.ready(call.attemptContext(), actual.currentContext());
            Mono<String> credential = ready.credential();
            admitted = credential == null
                    ? call.admitted(Credential.CONFIGURED, ready.exchange())
                    : credential.flatMap(known -> call.admitted(known, ready.exchange()));
        } catch (Throwable thrown) {
            Operators.error(actual, call.errors().typed(Guard.signal(thrown)));
            Guard.throwIfJvmEnds(thrown);
            return;
        }
        admitted.subscribe(new Answering<>(actual, call, kind));
    }

    private static final class Answering<T> implements CoreSubscriber<T> {

        private final CoreSubscriber<? super T> actual;
        private final Call call;
        private final Kind<T> kind;
        private @Nullable Subscription upstream;
        private boolean done;

        Answering(CoreSubscriber<? super T> actual, Call call, Kind<T> kind) {
            this.actual = actual;
            this.call = call;
            this.kind = kind;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(T value) {
            if (done) {
                Operators.onNextDropped(value, currentContext());
                return;
            }
            T answer;
            try {
                answer = kind.delivered(value, call.provenance(Attempt.current(currentContext()), null));
            } catch (Throwable thrown) {
                done = true;
                actual.onError(call.errors()
                        .typed(Operators.onOperatorError(upstream, Guard.signal(thrown), value, currentContext())));
                Guard.throwIfJvmEnds(thrown);
                return;
            }
            done = true;
            actual.onNext(answer);
            actual.onComplete();
        }

        @Override
        public void onError(Throwable error) {
            if (done) {
                Operators.onErrorDropped(error, currentContext());
                return;
            }
            done = true;
            kind.failed(error);
            actual.onError(call.errors().typed(error));
        }

        @Override
        public void onComplete() {
            if (!done) {
                done = true;
                actual.onError(call.errors().emptyAnswer());
            }
        }
    }
}
