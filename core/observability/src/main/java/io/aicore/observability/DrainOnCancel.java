package io.aicore.observability;

import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Cancels a query between rows once its subscriber has left, on the thread that delivers them. A cancel during a
 * statement, from another thread, closes the connection under it: drivers and pools lose connections by that, and H2
 * its file. A statement without rows so far runs to its end, and its result is discarded.
 */
final class DrainOnCancel<T> extends BaseSubscriber<T> {

    private final FluxSink<T> reader;
    private volatile boolean left;

    private DrainOnCancel(FluxSink<T> reader) {
        this.reader = reader;
    }

    /** These rows on demand, without prefetch. Their source can ask whether the subscriber has left. */
    static <T> Flux<T> cancelled(Function<BooleanSupplier, Flux<T>> rows) {
        return Flux.create(
                reader -> {
                    DrainOnCancel<T> drain = new DrainOnCancel<>(reader);
                    rows.apply(() -> drain.left)
                            .contextWrite(reader.contextView())
                            .subscribe(drain);
                },
                // What is asked for of the rows is what the reader asked for: there is room for it.
                FluxSink.OverflowStrategy.BUFFER);
    }

    private void leave() {
        left = true;
        // A row that is not delivered, so that we are called where the reading can end.
        request(Long.MAX_VALUE);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        // Not before: what is asked of nobody is lost.
        reader.onRequest(this::request);
        reader.onCancel(this::leave);
    }

    @Override
    protected void hookOnNext(T row) {
        if (left) {
            cancel();
        } else {
            reader.next(row);
        }
    }

    @Override
    protected void hookOnComplete() {
        reader.complete();
    }

    @Override
    protected void hookOnError(Throwable error) {
        if (!left) {
            reader.error(error);
        }
    }
}
