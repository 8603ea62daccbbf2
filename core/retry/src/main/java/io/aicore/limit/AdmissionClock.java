package io.aicore.limit;

import io.aicore.internal.ClockReading;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The clock and the timers of an {@link Admission}.
 *
 * @param given null: the parallel scheduler, looked up at each use
 */
record AdmissionClock(@Nullable Scheduler given) {

    /** The instant that the caller has just read, if it is one of this clock. */
    long now(@Nullable ClockReading begun) {
        return begun != null && begun.isOf(scheduler()) ? begun.instant() : now();
    }

    long now() {
        return scheduler().now(TimeUnit.NANOSECONDS);
    }

    /** Runs the task after this time; throws if the scheduler is disposed. */
    Disposable schedule(Runnable task, long nanos) {
        return scheduler().schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Runs the task soon, without the locks of the caller; here, if the scheduler is disposed. */
    void run(Runnable task) {
        try {
            scheduler().schedule(task);
        } catch (RuntimeException disposed) {
            task.run();
        }
    }

    Scheduler scheduler() {
        return given == null ? Schedulers.parallel() : given;
    }
}
