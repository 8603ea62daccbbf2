package io.aicore.observability;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Counts dropped records of one kind, and logs them at most once a minute. */
final class DropCounter {

    private static final Logger LOG = Loggers.getLogger(LlmOperationCollector.class);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final String records;
    private final Scheduler scheduler;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong warned;

    /**
     * @param records their name in the log, in the plural
     */
    DropCounter(String records, Scheduler scheduler) {
        this.records = records;
        this.scheduler = scheduler;
        this.warned = new AtomicLong(now() - MINUTE);
    }

    long count() {
        return count.get();
    }

    void add(int records) {
        if (records > 0) {
            long total = count.addAndGet(records);
            if (due()) {
                LOG.warn(
                        "{} dropped so far: {} (buffer full or closed, or rejected by the database)",
                        this.records,
                        total);
            }
        }
    }

    /** Drops a record that the database rejects, or that causes a bug. */
    void broken(Throwable error) {
        if (due()) {
            // Without the message, which may hold what was to be written.
            LOG.warn(
                    "one of the {} cannot be written: {}",
                    records,
                    error.getClass().getName());
        }
    }

    private boolean due() {
        long now = now();
        long last = warned.get();
        return now - last >= MINUTE && warned.compareAndSet(last, now);
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
