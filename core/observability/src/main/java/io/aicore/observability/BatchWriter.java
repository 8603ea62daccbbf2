package io.aicore.observability;

import io.aicore.retry.Backoff;
import io.aicore.retry.Jitter;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Accepts records from any thread without waiting and writes them in sequential batches. Records that do not fit into
 * the buffer are dropped and counted. An unavailable database is retried until it is back, more slowly if someone has to
 * fix it, and at once if a flush waits; a record that the database rejects because of its content is dropped
 * individually.
 */
final class BatchWriter<T> {

    // A row of a small batch costs three times one of a large batch: long enough to gather some, short enough for a
    // dashboard that is looked at.
    static final Duration GATHER = Duration.ofMillis(400);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(30);
    private static final int BATCH = 500;
    private static final int MAX_GROWTH = 100;
    private static final Backoff UNTIL_BACK = backoff(Duration.ofSeconds(10));
    private static final Backoff UNTIL_FIXED = backoff(Duration.ofMinutes(1));
    private static final Backoff WHILE_A_FLUSH_WAITS = backoff(Duration.ofSeconds(1));

    private final Function<List<T>, Mono<Void>> write;
    private final int capacity;
    private final Scheduler scheduler;
    private final DropCounter drops;
    private final OutageLog outage;

    private final Queue<T> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger buffered = new AtomicInteger();
    // Of the batch that is being written: those whose fate is open.
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile Sinks.Empty<Void> hurry = Sinks.empty();
    private volatile Sinks.Empty<Void> wake = Sinks.empty();
    private volatile boolean closed;
    private volatile Disposable work = () -> {};

    /** A subscriber that waits until this many records are settled. */
    private record Waiting(long until, Sinks.Empty<Void> sink) {}

    BatchWriter(
            Function<List<T>, Mono<Void>> write,
            int capacity,
            Scheduler scheduler,
            DropCounter drops,
            OutageLog outage) {
        this.write = write;
        this.capacity = capacity;
        this.scheduler = scheduler;
        this.drops = drops;
        this.outage = outage;
    }

    private static Backoff backoff(Duration longest) {
        return new Backoff(Duration.ofMillis(200), longest, 2, Jitter.proportional(0.25));
    }

    /** Adds a record, or drops it if the buffer is full or closed. Never waits. */
    void offer(T record) {
        if (buffered.incrementAndGet() > capacity || closed) {
            buffered.decrementAndGet();
            drops.add(1);
            return;
        }
        accepted.incrementAndGet();
        queue.add(record);
        queued.incrementAndGet();
        start();
        if (crowded()) {
            hurry.tryEmitEmpty();
        }
        if (closed && queue.remove(record)) {
            queued.decrementAndGet();
            drops.add(1);
            settle(1);
        }
    }

    /** Completes when the records offered before are written or dropped. */
    Mono<Void> flush() {
        return Mono.defer(() -> {
            Waiting me = new Waiting(accepted.get(), Sinks.empty());
            waiting.add(me);
            release();
            start();
            hurry.tryEmitEmpty();
            wake.tryEmitEmpty();
            return me.sink().asMono().doFinally(signal -> waiting.remove(me));
        });
    }

    /** Number of records written. */
    long written() {
        return written.get();
    }

    /** Number of records waiting. */
    int buffered() {
        return buffered.get();
    }

    /** Accepts no more records and drops those waiting. */
    void close() {
        closed = true;
        work.dispose();
        int left = 0;
        while (queue.poll() != null) {
            left++;
        }
        queued.addAndGet(-left);
        drops.add(left);
        settle(left);
    }

    private void start() {
        if (!closed && !queue.isEmpty() && draining.compareAndSet(false, true)) {
            Sinks.Empty<Void> now = Sinks.empty();
            hurry = now;
            // A flush that was requested before this wait began.
            if (!waiting.isEmpty() || crowded()) {
                now.tryEmitEmpty();
            }
            Mono<Void> gathered =
                    Mono.delay(GATHER, scheduler).then().or(now.asMono().publishOn(scheduler));
            Mono<Void> rounds = Mono.defer(this::batch).repeat(this::goesOn).then();
            work = gathered.then(rounds).subscribe(nothing -> {}, this::broken, this::idle);
        }
    }

    /** Whether a full batch or a flush is waiting; otherwise records are collected for longer. */
    private boolean goesOn() {
        return !queue.isEmpty() && (queued.get() >= BATCH || crowded() || !waiting.isEmpty());
    }

    /** Whether a small buffer may overflow before the collection time is over. */
    private boolean crowded() {
        return queued.get() > capacity / 2;
    }

    private void idle() {
        draining.set(false);
        // A record that came after the last look and found us draining.
        start();
    }

    private void broken(Throwable error) {
        drops.broken(error);
        idle();
    }

    private Mono<Void> batch() {
        List<T> batch = new ArrayList<>();
        for (T next = queue.poll(); next != null; next = batch.size() < BATCH ? queue.poll() : null) {
            batch.add(next);
        }
        queued.addAndGet(-batch.size());
        inFlight.set(batch.size());
        return batch.isEmpty()
                ? Mono.empty()
                : written(batch).doOnCancel(() -> drops.add(inFlight.get())).doFinally(signal -> settle(batch.size()));
    }

    private Mono<Void> written(List<T> batch) {
        return Mono.defer(() -> write.apply(batch))
                .timeout(WRITE_LIMIT, scheduler)
                .doOnError(this::failed)
                .retryWhen(Retry.from(failures -> failures.concatMap(this::again)))
                .doOnSuccess(nothing -> {
                    outage.over();
                    written.addAndGet(batch.size());
                    inFlight.addAndGet(-batch.size());
                })
                .onErrorResume(error -> batch.size() == 1 ? dropped(error) : oneByOne(batch));
    }

    /** Emits when the write is to be retried. */
    private Mono<Boolean> again(Retry.RetrySignal failed) {
        if (refused(failed.failure())) {
            return Mono.error(failed.failure());
        }
        Sinks.Empty<Void> woken = Sinks.empty();
        wake = woken;
        Backoff backoff = !waiting.isEmpty() ? WHILE_A_FLUSH_WAITS : outage.lasts() ? UNTIL_FIXED : UNTIL_BACK;
        int retry = (int) Math.min(failed.totalRetries() + 1, MAX_GROWTH);
        Duration delay = backoff.delay(
                retry, backoff.initialDelay(), () -> ThreadLocalRandom.current().nextDouble());
        return Mono.delay(delay, scheduler)
                .then()
                .or(woken.asMono().publishOn(scheduler))
                .thenReturn(true);
    }

    private void failed(Throwable error) {
        if (!refused(error)) {
            outage.failed(error, buffered.get());
        }
    }

    private Mono<Void> oneByOne(List<T> batch) {
        return Flux.fromIterable(batch)
                .concatMap(record -> written(List.of(record)))
                .then();
    }

    private Mono<Void> dropped(Throwable error) {
        inFlight.decrementAndGet();
        drops.add(1);
        drops.broken(error);
        return Mono.empty();
    }

    private void settle(int records) {
        buffered.addAndGet(-records);
        settled.addAndGet(records);
        release();
    }

    private void release() {
        for (Waiting each : waiting) {
            if (settled.get() >= each.until()) {
                each.sink().tryEmitEmpty();
            }
        }
    }

    /** Whether writing this record again would fail again. */
    private static boolean refused(Throwable error) {
        return error instanceof R2dbcDataIntegrityViolationException
                || error instanceof R2dbcBadGrammarException
                || error instanceof IllegalArgumentException
                || isOfData(error);
    }

    /** Whether a value does not fit into its column: SQL's class of data exceptions. */
    private static boolean isOfData(Throwable error) {
        return error instanceof R2dbcException refusal
                && refusal.getSqlState() != null
                && refusal.getSqlState().startsWith("22");
    }
}
