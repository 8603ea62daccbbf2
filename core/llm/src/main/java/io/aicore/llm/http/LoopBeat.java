package io.aicore.llm.http;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures how late an event loop is by a beat of 100 ms, while exchanges are open on it. Only a delay on which the
 * clock of the timeouts agrees with the machine's counts: a clock that is set by hand makes no event loop late.
 */
final class LoopBeat implements LoopLag, Runnable {

    static final long BEAT = Duration.ofMillis(100).toNanos();

    /** Less is what the scheduling of threads costs on a machine that is well. */
    static final long USUAL = Duration.ofMillis(50).toNanos();

    private final EventExecutor loop;
    private final LongSupplier machine;
    private final LongSupplier timeouts;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicLong late = new AtomicLong();
    private volatile @Nullable Instants due;

    /** When the next beat is due, on both clocks. */
    private record Instants(long machine, long timeouts) {}

    /**
     * @param machine nanoseconds
     * @param timeouts nanoseconds on the clock of the timeouts
     */
    LoopBeat(EventExecutor loop, LongSupplier machine, LongSupplier timeouts) {
        this.loop = loop;
        this.machine = machine;
        this.timeouts = timeouts;
    }

    @Override
    public void enter() {
        open.incrementAndGet();
        begin();
    }

    private void begin() {
        if (beating.compareAndSet(false, true)) {
            beatAgain();
        }
    }

    @Override
    public void leave() {
        open.decrementAndGet();
    }

    @Override
    public void run() {
        // In this order, so that a reader in between rather counts a beat twice than not at all.
        late.addAndGet(outstanding(due));
        if (open.get() > 0) {
            beatAgain();
            return;
        }
        due = null;
        beating.set(false);
        if (open.get() > 0) {
            begin();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it reports to this
    private void beatAgain() {
        due = new Instants(machine.getAsLong() + BEAT, timeouts.getAsLong() + BEAT);
        loop.schedule(this, BEAT, TimeUnit.NANOSECONDS);
    }

    @Override
    public long nanos() {
        Instants expected = due;
        return outstanding(expected) + late.get();
    }

    private long outstanding(@Nullable Instants expected) {
        if (expected == null) {
            return 0;
        }
        long nanos = machine.getAsLong() - expected.machine();
        boolean agreed = Math.abs(timeouts.getAsLong() - expected.timeouts() - nanos) <= USUAL;
        return agreed && nanos > USUAL ? nanos : 0;
    }
}
