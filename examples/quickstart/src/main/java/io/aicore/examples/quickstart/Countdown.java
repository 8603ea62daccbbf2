package io.aicore.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** The wait before a retry, running down on a line of a terminal. Used from the thread of the output alone. */
final class Countdown {

    private static final long TICK_MILLIS = 100;

    private final PrintStream out;
    private final Terminal terminal;
    private final Scheduler printing;
    private Disposable ticks = Disposables.disposed();

    Countdown(PrintStream out, Terminal terminal, Scheduler printing) {
        this.out = out;
        this.terminal = terminal;
        this.printing = printing;
    }

    void start(Duration wait) {
        stop();
        if (!terminal.interactive()) {
            return;
        }
        long end = now() + wait.toMillis();
        ticks = printing.schedulePeriodically(() -> tick(end), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Ends it and clears its line. */
    void stop() {
        if (!ticks.isDisposed()) {
            ticks.dispose();
            out.print(terminal.again(""));
        }
    }

    private void tick(long end) {
        if (!ticks.isDisposed()) {
            String left = Words.seconds(Duration.ofMillis(Math.max(0, end - now())));
            out.print(terminal.again(terminal.dim("             next attempt in " + left)));
            out.flush();
        }
    }

    private long now() {
        return printing.now(TimeUnit.MILLISECONDS);
    }
}
