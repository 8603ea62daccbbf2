package io.aicore.llm;

import io.aicore.limit.Guard;
import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.http.HttpTransport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The exchange of one attempt at a whole answer: encode, send, then decode or classify; polls what is only announced. */
final class WireExchange<A> extends Mono<A> {

    /** A request with the codec that writes it and reads its response. */
    interface Operation<A> {

        WireRequest encode();

        /** The caller's texts in it. */
        List<String> texts();

        @Nullable
        String model();

        /** Decodes or classifies. */
        A read(WireResponse response);

        /** Where the answer is that an earlier attempt was promised. */
        default @Nullable FollowUp announced() {
            return null;
        }

        /** Where to fetch the answer that this response only announces. */
        default @Nullable FollowUp followUp(WireResponse response) {
            return null;
        }

        /** The answer in this failure, for a caller who can use it. */
        default @Nullable A despite(LlmException failure, ContextView context) {
            return null;
        }
    }

    private final HttpTransport transport;
    private final RequestPreparer.PreparedRequest prepared;
    private final EncodedRequest first;
    private final Operation<A> operation;
    private final AttemptContext attemptContext;
    private final Scheduler scheduler;

    WireExchange(
            HttpTransport transport,
            RequestPreparer.PreparedRequest prepared,
            EncodedRequest first,
            Operation<A> operation,
            AttemptContext attemptContext,
            Scheduler scheduler) {
        this.transport = transport;
        this.prepared = prepared;
        this.first = first;
        this.operation = operation;
        this.attemptContext = attemptContext;
        this.scheduler = scheduler;
    }

    @Override
    public void subscribe(CoreSubscriber<? super A> actual) {
        long start = scheduler.now(TimeUnit.NANOSECONDS);
        FollowUp announced = operation.announced();
        Mono<WireResponse> response;
        try {
            response = announced == null ? sent(first.take()) : polled(announced, start);
        } catch (RuntimeException unfit) {
            Operators.error(actual, prepared.returned(unfit));
            return;
        }
        Reading reading = new Reading(actual, start);
        if (announced == null) {
            response.subscribe(reading);
        } else {
            actual.onSubscribe(reading);
            response.subscribe(new Polled(reading));
        }
    }

    private Mono<WireResponse> sent(WireRequest wire) {
        return transport.send(prepared.addressed(wire), attemptContext.timeouts(), attemptContext.resent());
    }

    private Mono<WireResponse> polled(FollowUp announced, long start) {
        return new AnswerPolling(prepared.provider(), operation, attemptContext.timeouts(), scheduler)
                .polled(announced, start, wire -> sent(wire).doOnNext(this::heard));
    }

    private void heard(WireResponse head) {
        attemptContext.responses().accept(prepared.heard(head));
    }

    /** Reads the response, or those after it if it only announces an answer. */
    private final class Reading implements CoreSubscriber<WireResponse>, Subscription {

        private final CoreSubscriber<? super A> actual;
        private final long start;
        private volatile @Nullable Subscription upstream;
        private volatile boolean cancelled;
        private boolean done;

        Reading(CoreSubscriber<? super A> actual, long start) {
            this.actual = actual;
            this.start = start;
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
        public void cancel() {
            cancelled = true;
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onNext(WireResponse response) {
            if (done) {
                Operators.onNextDropped(response, currentContext());
                return;
            }
            done = true;
            FollowUp next;
            try {
                heard(response);
                next = response.successful() ? operation.followUp(response) : null;
            } catch (Throwable thrown) {
                failed(Operators.onOperatorError(upstream, Guard.signal(thrown), response, currentContext()));
                Guard.throwIfJvmEnds(thrown);
                return;
            }
            if (next == null) {
                answered(response);
            } else {
                polled(next, start).subscribe(new Polled(this));
            }
        }

        private void answered(WireResponse response) {
            A answer;
            try {
                answer = EncodedRequest.linked(() -> operation.read(response));
            } catch (RuntimeException thrown) {
                failed(thrown);
                return;
            }
            actual.onNext(answer);
            actual.onComplete();
        }

        private void failed(Throwable error) {
            A answer = error instanceof LlmException failure ? operation.despite(failure, currentContext()) : null;
            if (answer == null) {
                actual.onError(prepared.returned(error));
            } else {
                actual.onNext(answer);
                actual.onComplete();
            }
        }

        @Override
        public void onError(Throwable error) {
            if (done) {
                Operators.onErrorDropped(error, currentContext());
                return;
            }
            done = true;
            failed(error);
        }

        @Override
        public void onComplete() {
            if (!done) {
                done = true;
                actual.onComplete();
            }
        }
    }

    /** Receives the answer that was announced. */
    private final class Polled implements CoreSubscriber<WireResponse> {

        private final Reading reading;

        Polled(Reading reading) {
            this.reading = reading;
        }

        @Override
        public Context currentContext() {
            return reading.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            reading.upstream = subscription;
            if (reading.cancelled) {
                subscription.cancel();
            } else {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(WireResponse response) {
            reading.answered(response);
        }

        @Override
        public void onError(Throwable error) {
            reading.failed(error);
        }

        @Override
        public void onComplete() {
            // A poll has an answer or an error.
        }
    }
}
