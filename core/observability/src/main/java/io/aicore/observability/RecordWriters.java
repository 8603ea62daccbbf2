package io.aicore.observability;

import io.aicore.internal.Seconds;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The buffers of what a collector records, calls and circuit changes, and their way to the database. */
final class RecordWriters {

    private static final Logger LOG = Loggers.getLogger(LlmOperationCollector.class);
    private static final String CALLS = "records of calls";
    private static final String CIRCUITS = "changes of circuits";

    private final DropCounter callDrops;
    private final DropCounter circuitDrops;
    private final OutageLog outage;
    private final BatchWriter<LlmOperation> calls;
    private final BatchWriter<CircuitChange> circuits;
    private final Scheduler scheduler;
    private final Duration flushTimeout;
    private final Duration closeTimeout;

    RecordWriters(OperationStore store, LlmOperationCollectorBuilder settings, Function<Throwable, Address.Cause> why) {
        this.scheduler = settings.scheduler();
        this.flushTimeout = settings.flushTimeout();
        this.closeTimeout = settings.closeTimeout();
        this.callDrops = new DropCounter(CALLS, scheduler);
        this.circuitDrops = new DropCounter(CIRCUITS, scheduler);
        this.outage = new OutageLog(CALLS, scheduler, why);
        this.calls = new BatchWriter<>(store::write, settings.bufferSize(), scheduler, callDrops, outage);
        this.circuits = new BatchWriter<>(
                store::writeCircuits,
                settings.bufferSize(),
                scheduler,
                circuitDrops,
                new OutageLog(CIRCUITS, scheduler, why));
    }

    void offer(LlmOperation call) {
        calls.offer(call);
    }

    void offer(CircuitChange change) {
        circuits.offer(change);
    }

    /** Completes when what was offered before is written or dropped; fails after the flush timeout. */
    Mono<Void> flush() {
        return flushed().timeout(flushTimeout, Mono.error(this::unflushed), scheduler);
    }

    /** Completes when the buffers are written, or after the close timeout. */
    Mono<Void> drain() {
        return flushed().timeout(closeTimeout).onErrorComplete();
    }

    /** Drops what is still in the buffers. */
    void close() {
        int lost = calls.buffered();
        if (lost > 0) {
            LOG.warn(
                    "{} lost: {}, not written within {} of the close{}",
                    CALLS,
                    lost,
                    Seconds.text(closeTimeout),
                    because());
        }
        calls.close();
        circuits.close();
    }

    private Mono<Void> flushed() {
        return Mono.when(calls.flush(), circuits.flush());
    }

    private IllegalStateException unflushed() {
        int waiting = calls.buffered();
        return new IllegalStateException(waiting + (waiting == 1 ? " record of a call is" : " " + CALLS + " are")
                + " not written after " + Seconds.text(flushTimeout) + because());
    }

    private String because() {
        String cause = outage.cause();
        return cause == null ? "" : ": " + cause;
    }

    long written() {
        return calls.written();
    }

    int buffered() {
        return calls.buffered();
    }

    long dropped() {
        return callDrops.count();
    }

    long droppedCircuitChanges() {
        return circuitDrops.count();
    }
}
