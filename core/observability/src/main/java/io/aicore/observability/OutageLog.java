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

/**
 * Logs an unavailable database at the first failure, then every minute, and when it is back. A cause that someone has to
 * fix is logged once.
 */
final class OutageLog {

    private static final Logger LOG = Loggers.getLogger(LlmOperationCollector.class);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final String records;
    private final Scheduler scheduler;
    private final Function<Throwable, Address.Cause> why;
    private final Consumer<String> warn;
    private final Consumer<String> info;
    private final AtomicLong warned = new AtomicLong();
    private volatile Address.@Nullable Cause cause;

    OutageLog(String records, Scheduler scheduler, Function<Throwable, Address.Cause> why) {
        this(records, scheduler, why, LOG::warn, LOG::info);
    }

    OutageLog(
            String records,
            Scheduler scheduler,
            Function<Throwable, Address.Cause> why,
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
        Address.Cause before = cause;
        Address.Cause now = why.apply(error);
        cause = now;
        long time = scheduler.now(TimeUnit.NANOSECONDS);
        long last = warned.get();
        boolean due = now.lasting() ? !now.equals(before) : before == null || time - last >= MINUTE;
        if (due && warned.compareAndSet(last, time)) {
            warn.accept(records + " cannot be written (" + waiting + " waiting): " + now.text()
                    + (now.lasting() ? "; retried every minute until someone fixes that" : ""));
        }
    }

    /** Whether the last write failed for a cause that someone has to fix. */
    boolean lasts() {
        Address.Cause last = cause;
        return last != null && last.lasting();
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
        Address.Cause last = cause;
        return last == null ? null : last.text();
    }
}
