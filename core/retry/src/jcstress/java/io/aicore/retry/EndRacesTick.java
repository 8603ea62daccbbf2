package io.aicore.retry;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The call that began last ends, and another one begins, while a tick looks at all of them. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "the other calls meet their deadlines")
@Outcome(expect = Expect.FORBIDDEN, desc = "an open call that nobody watches")
@State
public class EndRacesTick implements Scheduler {

    private static final long DEADLINE = 1_000_000_000L;

    private final DeadlineTicks ticks = new DeadlineTicks(this);
    private final Watched first = new Watched();
    private final Watched ending = new Watched();
    private final Watched later = new Watched();
    private volatile Runnable timer = () -> {};
    private volatile long now;

    private static final class Watched extends DeadlineTicks.Watched {
        private volatile boolean over;
        private volatile boolean cutOff;

        @Override
        long deadline() {
            return DEADLINE;
        }

        @Override
        boolean isOver() {
            return over;
        }

        @Override
        public void run() {
            cutOff = true;
            over = true;
        }
    }

    public EndRacesTick() {
        ticks.watch(first, 0);
        ticks.watch(ending, 0);
    }

    @Actor
    public void end() {
        ending.over = true;
        ticks.left(false);
        ticks.watch(later, 0);
    }

    @Actor
    public void tick() {
        timer.run();
    }

    @Arbiter
    public void look(I_Result r) {
        now = DEADLINE;
        timer.run();
        r.r1 = (first.cutOff ? 1 : 0) + (later.cutOff ? 1 : 0);
    }

    @Override
    public long now(TimeUnit unit) {
        return now;
    }

    @Override
    public Disposable schedule(Runnable task) {
        task.run();
        return Disposables.disposed();
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        timer = task;
        return Disposables.single();
    }

    @Override
    public Worker createWorker() {
        return Schedulers.immediate().createWorker();
    }
}
