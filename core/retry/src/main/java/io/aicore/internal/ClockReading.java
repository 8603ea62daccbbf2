package io.aicore.internal;

import reactor.core.scheduler.Scheduler;

/** An instant that was read from a clock a moment ago: who uses the same clock need not read it again. */
public interface ClockReading {

    boolean isOf(Scheduler clock);

    /** In nanoseconds. */
    long instant();
}
