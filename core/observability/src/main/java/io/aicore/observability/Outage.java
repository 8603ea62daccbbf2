package io.aicore.observability;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Logs an unavailable database at the first failure, then every minute, and when it is back. */
final class Outage {

    private static final Logger LOG = Loggers.getLogger(LlmOperationCollector.class);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final String records;
    private final Scheduler scheduler;
    private final Function<Throwable, String> why;
    private final Consumer<String> warn;
    private final Consumer<String> info;
    private final AtomicLong told = new AtomicLong();
    private volatile @Nullable String cause;

    Outage(String records, Scheduler scheduler, Function<Throwable, String> why) {
        this(records, scheduler, why, LOG::warn, LOG::info);
    }

    Outage(
            String records,
            Scheduler scheduler,
            Function<Throwable, String> why,
            Consumer<String> warn,
            Consumer<String> info) {
        this.warn = warn;
        this.info = info;
        this.records = records;
        this.scheduler = scheduler;
        this.why = why;
    }

    /** A write failed and will be retried. */
    void failed(Throwable error, int waiting) {
        boolean first = cause == null;
        String now = why.apply(error);
        cause = now;
        long time = scheduler.now(TimeUnit.NANOSECONDS);
        long last = told.get();
        if ((first || time - last >= MINUTE) && told.compareAndSet(last, time)) {
            warn.accept(records + " cannot be written (" + waiting + " wait): " + now);
        }
    }

    /** A write succeeded. */
    void over() {
        if (cause != null) {
            cause = null;
            info.accept(records + " are written again");
        }
    }

    /** The cause of the last failed write; null after a successful one. */
    @Nullable
    String cause() {
        return cause;
    }
}
