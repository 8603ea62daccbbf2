package io.aicore.spring;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets Reactor take a periodic task out of its timer's queue, whose lock is held for moments. Reactor allows itself the same
 * for tasks that run once; for those of {@code Flux.interval} it does not, and a thread that is stopped in the middle of taking
 * that lock leaves the timer locked for everyone.
 */
public final class ReactorsIntervals implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        for (String task : new String[] {"PeriodicSchedulerTask", "PeriodicWorkerTask", "InstantPeriodicWorkerTask"}) {
            builder.allowBlockingCallsInside("reactor.core.scheduler." + task, "dispose");
        }
    }
}
