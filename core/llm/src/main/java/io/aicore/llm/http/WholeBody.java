package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireResponse;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** A response with its whole body, within the size limit. */
final class WholeBody extends Mono<WireResponse> {

    private final Flux<ByteBuf> content;
    private final BodyBuffer body;
    private final Function<byte[], WireResponse> response;
    private final ExchangeTimers watch;
    private final TransportErrors faults;

    /**
     * @param content allows one subscriber
     */
    WholeBody(
            Flux<ByteBuf> content,
            BodyBuffer body,
            Function<byte[], WireResponse> response,
            ExchangeTimers watch,
            TransportErrors faults) {
        this.content = content;
        this.body = body;
        this.response = response;
        this.watch = watch;
        this.faults = faults;
    }

    @Override
    public void subscribe(CoreSubscriber<? super WireResponse> actual) {
        content.subscribe(new Collecting(actual));
    }

    private final class Collecting implements CoreSubscriber<ByteBuf>, Subscription {

        private final CoreSubscriber<? super WireResponse> actual;
        private @Nullable Subscription source;
        private boolean done;

        Collecting(CoreSubscriber<? super WireResponse> actual) {
            this.actual = actual;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            Subscription subscription = source;
            if (Operators.validate(n) && subscription != null) {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void cancel() {
            Subscription subscription = source;
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onNext(ByteBuf buffer) {
            if (done) {
                return;
            }
            try {
                body.add(buffer);
            } catch (RuntimeException tooLarge) {
                cancel();
                onError(tooLarge);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (done) {
                Operators.onErrorDropped(error, currentContext());
                return;
            }
            done = true;
            actual.onError(watch.timeoutOr(faults.inBody(error)));
        }

        @Override
        public void onComplete() {
            if (!done) {
                done = true;
                actual.onNext(response.apply(body.whole()));
                actual.onComplete();
            }
        }
    }
}
