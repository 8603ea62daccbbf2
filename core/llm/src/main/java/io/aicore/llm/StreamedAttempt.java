package io.aicore.llm;

import io.aicore.limit.AdmissionPermit;
import io.aicore.limit.Guard;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.internal.ExpiryTicks;
import io.aicore.retry.Attempt;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * An attempt at a stream, as the retry subscribes to it: with its credential through admission to the exchange. Emits from
 * the first chunk with content on, which must arrive in time, and ends with a chunk of response metadata and cost.
 */
final class StreamedAttempt extends Flux<CompletionChunk> {

    /** The stream that is to be sent. */
    interface Source {

        /** The next attempt's exchange. */
        Ready<Flux<CompletionChunk>> ready(StreamAttempt tokens, ContextView context);
    }

    private final Call call;
    private final Source source;
    private final CostTracker cost;
    private final boolean thinks;
    private final ExpiryTicks ticks;

    StreamedAttempt(Call call, Source source, CostTracker cost, boolean thinks, ExpiryTicks ticks) {
        this.call = call;
        this.source = source;
        this.cost = cost;
        this.thinks = thinks;
        this.ticks = ticks;
    }

    @Override
    public void subscribe(CoreSubscriber<? super CompletionChunk> actual) {
        Flux<CompletionChunk> admitted;
        Emitting emitting;
        try {
            ContextView context = actual.currentContext();
            StreamAttempt tokens = call.streamAttempt(Attempt.current(context), thinks);
            Ready<Flux<CompletionChunk>> ready = source.ready(tokens, context);
            Emitting next = new Emitting(actual, tokens, ready.returned());
            emitting = next;
            Mono<String> credential = ready.credential();
            admitted = credential == null
                    ? call.admitted(Credential.CONFIGURED, permit -> next.admitted(permit, ready.exchange()))
                    : credential.flatMapMany(
                            known -> call.admitted(known, permit -> next.admitted(permit, ready.exchange())));
        } catch (Throwable thrown) {
            Operators.error(actual, call.errors().typed(Guard.signal(thrown)));
            Guard.throwIfJvmEnds(thrown);
            return;
        }
        admitted.subscribe(emitting);
    }

    /** Until content arrives, the exchange's signals and the timeout compete; after that there are only signals. */
    private final class Emitting implements CoreSubscriber<CompletionChunk>, Subscription, ExpiryTicks.Expiring {

        private static final int SETTLED = 1;

        private static final AtomicIntegerFieldUpdater<Emitting> STATE =
                AtomicIntegerFieldUpdater.newUpdater(Emitting.class, "state");
        private static final AtomicIntegerFieldUpdater<Emitting> ENDING =
                AtomicIntegerFieldUpdater.newUpdater(Emitting.class, "ending");
        private static final AtomicLongFieldUpdater<Emitting> REQUESTED =
                AtomicLongFieldUpdater.newUpdater(Emitting.class, "requested");

        private final CoreSubscriber<? super CompletionChunk> actual;
        private final StreamAttempt tokens;
        private final UnaryOperator<Throwable> returned;
        private @Nullable Subscription upstream;
        private volatile int state;
        private volatile long due = ExpiryTicks.NEVER;
        private volatile boolean cancelled;
        private boolean emits;
        private boolean done;
        private long emitted;
        private volatile long requested;

        // The chunks after the exchange's own, emitted as there is demand.
        private volatile boolean exchanged;
        private @Nullable CompletionChunk next;
        private @Nullable CompletionChunk last;

        @SuppressWarnings("UnusedVariable") // Read by its updater.
        private volatile int ending;

        Emitting(
                CoreSubscriber<? super CompletionChunk> actual,
                StreamAttempt tokens,
                UnaryOperator<Throwable> returned) {
            this.actual = actual;
            this.tokens = tokens;
            this.returned = returned;
        }

        /** The exchange after admission, when the wait for content begins. */
        Flux<CompletionChunk> admitted(AdmissionPermit permit, Flux<CompletionChunk> exchange) {
            tokens.admitted(permit, thinks);
            if (tokens.firstContent() != null) {
                due = ticks.in(tokens.firstContent());
                ticks.add(this);
                ticks.notLaterThan(due);
                if (cancelled) {
                    ticks.cancel(this);
                }
            }
            return exchange;
        }

        @Override
        public long expire(long now) {
            if (state == SETTLED || cancelled) {
                return ExpiryTicks.NEVER;
            }
            if (now < due) {
                return due;
            }
            if (settled()) {
                ticks.apart(this::expired);
            }
            return ExpiryTicks.NEVER;
        }

        private void expired() {
            Throwable late = tokens.contentLate();
            tokens.ended(late);
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.cancel();
            }
            if (!cancelled) {
                failed(late);
            }
        }

        /** Whether this decides how the wait for content ends. */
        private boolean settled() {
            boolean first = STATE.compareAndSet(this, 0, SETTLED);
            if (first && due != ExpiryTicks.NEVER) {
                ticks.remove(this);
            }
            return first;
        }

        /** Whether the exchange's signals still count. */
        private boolean counts() {
            emits = emits || settled();
            return emits;
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
            if (!Operators.validate(n)) {
                return;
            }
            Operators.addCap(REQUESTED, this, n);
            Subscription subscription = upstream;
            if (exchanged) {
                end();
            } else if (subscription != null) {
                subscription.request(n);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (due != ExpiryTicks.NEVER) {
                ticks.cancel(this);
            }
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onNext(CompletionChunk chunk) {
            if (done) {
                Operators.onNextDropped(chunk, currentContext());
                return;
            }
            // Decided before the chunk is added: the timeout's end reads what has been said.
            if (!emits && (state == SETTLED || (chunk.hasContent() && !counts()))) {
                Operators.onDiscard(chunk, currentContext());
                return;
            }
            CompletionChunk content;
            try {
                content = tokens.next(chunk);
            } catch (Throwable thrown) {
                onError(Operators.onOperatorError(upstream, Guard.signal(thrown), chunk, currentContext()));
                Guard.throwIfJvmEnds(thrown);
                return;
            }
            Subscription subscription = upstream;
            if (content == null) {
                if (subscription != null) {
                    subscription.request(1);
                }
            } else {
                emit(content);
            }
        }

        private void emit(CompletionChunk chunk) {
            call.resumeState().arrived();
            emitted++;
            actual.onNext(chunk);
        }

        @Override
        public void onError(Throwable error) {
            if (done || !counts()) {
                Operators.onErrorDropped(error, currentContext());
                return;
            }
            done = true;
            failed(returned.apply(error));
        }

        private void failed(Throwable error) {
            Throwable thrown =
                    Guard.thrownBy(() -> cost.failed(call.resumeState().stop() ? null : tokens.said()));
            if (thrown != null && thrown != error) {
                error.addSuppressed(thrown);
            }
            actual.onError(tokens.typed(error));
        }

        @Override
        public void onComplete() {
            if (done || !counts()) {
                return;
            }
            done = true;
            try {
                next = tokens.withoutContent();
                last = tokens.last(cost);
            } catch (Throwable thrown) {
                failed(Operators.onOperatorError(Guard.signal(thrown), currentContext()));
                Guard.throwIfJvmEnds(thrown);
                return;
            }
            exchanged = true;
            end();
        }

        /** By the exchange's end and by demand after it. */
        private void end() {
            if (ENDING.getAndIncrement(this) != 0) {
                return;
            }
            int missed = 1;
            do {
                if (!cancelled && next != null && emitted < requested) {
                    CompletionChunk withoutContent = next;
                    next = null;
                    emit(withoutContent);
                }
                if (!cancelled && next == null && last != null && emitted < requested) {
                    CompletionChunk metadata = last;
                    last = null;
                    emitted++;
                    actual.onNext(metadata);
                    if (!cancelled) {
                        actual.onComplete();
                    }
                }
                missed = ENDING.addAndGet(this, -missed);
            } while (missed != 0);
        }
    }
}
