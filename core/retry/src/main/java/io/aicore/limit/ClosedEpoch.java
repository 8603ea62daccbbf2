package io.aicore.limit;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Admits and counts calls. After an outage admission first ramps up: a call that runs alone is always admitted, of
 * concurrent ones a share that grows from 10 % to 100 %, so that a recovering provider is not overloaded again.
 */
final class ClosedEpoch extends Epoch {

    private static final AtomicReferenceFieldUpdater<ClosedEpoch, Window> WINDOW =
            AtomicReferenceFieldUpdater.newUpdater(ClosedEpoch.class, Window.class, "window");
    private static final double FIRST_SHARE = 0.1;
    private static final long SHORTEST_WAIT = 1_000_000;

    /**
     * A provider that serves half of the calls fails one probe of two: only several in a row say that it is down. A third of
     * the calls that fail opens the circuit of a small client by chance.
     */
    private static final int PROBES_IN_DOUBT = 3;

    private final long ramp;
    private final PendingCalls pending = new PendingCalls();
    private final AtomicReference<@Nullable Permit> alone = new AtomicReference<>();
    private volatile CircuitSettings adapted;
    private volatile Window window;
    private volatile long nextLook;
    private volatile FailureRun run;

    /**
     * @param ramp nanoseconds; 0: every call is admitted from the start
     */
    ClosedEpoch(Circuit circuit, long since, long ramp) {
        super(circuit, since);
        this.ramp = ramp;
        this.nextLook = since;
        this.run = FailureRun.none(since);
        this.adapted = circuit.settings();
        long length = adapted.window().toNanos();
        this.window = length == pending.length() ? pending : new Window(length);
    }

    @Override
    CircuitState state() {
        return CircuitState.CLOSED;
    }

    @Override
    @Nullable
    Permit admit(long now, boolean always, boolean waits) {
        if (now - nextLook >= 0 && opensByOverdue(now)) {
            return null;
        }
        long left = rampLeft(now);
        if (left <= 0) {
            return permit(now);
        }
        Permit permit = permit(now);
        if (always || waits || alone.compareAndSet(null, permit) || circuit.random() < share(left)) {
            return permit;
        }
        permit.withdraw();
        return null;
    }

    /** Once in each second that has calls. */
    private boolean opensByOverdue(long now) {
        nextLook = PendingCalls.endOfSecond(now);
        return overdue(now) > 0 && openedBy(now);
    }

    private Permit permit(long now) {
        return new Permit(this, now, pending.begin(now));
    }

    @Override
    void ended(Permit permit, Outcome outcome, boolean heard, long now) {
        if (ramp > 0 && alone.get() == permit) {
            alone.set(null);
        }
        if (outcome == Outcome.SUCCESS && !heard) {
            circuit.firstByte(now - permit.start(), now);
        }
        Bucket second = Objects.requireNonNull(permit.second());
        Window counting = window(now);
        boolean good = outcome == Outcome.SUCCESS || outcome == Outcome.ALIVE;
        if (good && !heard && counting == pending && second.covers(now)) {
            second.answered();
            return;
        }
        second.ended(heard);
        switch (outcome) {
            case SUCCESS, ALIVE -> counting.record(now, false);
            case FAILURE -> failed(now);
            case IGNORED -> {
                // Cancelled after the slow-call limit: still a failure.
                if (!heard && PendingCalls.isOverdue(second, now, overdueLimit())) {
                    failed(now);
                }
            }
        }
    }

    @Override
    int pending() {
        return pending.open();
    }

    @Override
    void broken(long now) {
        failed(now);
    }

    private void failed(long now) {
        Window counting = window(now);
        counting.record(now, true);
        run = run.and(now, counting);
        openedBy(now);
    }

    private boolean openedBy(long now) {
        CircuitSettings settings = circuit.settings();
        long overdue = overdue(now);
        long sum = window(now).sum(now);
        long calls = Window.calls(sum) + overdue;
        long failures = Window.failures(sum) + overdue;
        if (failures < settings.failureRate() * calls || !isEnough(settings, calls, failures, overdue)) {
            return false;
        }
        circuit.open(this, now, now, 0, overdue > 0 || isDown(settings) ? 1 : PROBES_IN_DOUBT);
        return true;
    }

    /** Whether the last failures came without a success between them, as many as the smallest decisive window has. */
    private boolean isDown(CircuitSettings settings) {
        return run.length() >= settings.failureRate() * settings.minimumCalls();
    }

    /**
     * Whether so few calls say anything. In a hang, a client of two calls a second would send for five seconds more until
     * ten are overdue: as many bad ones as the smallest decisive window has are evidence while the others are silent.
     */
    private boolean isEnough(CircuitSettings settings, long calls, long failures, long overdue) {
        int least = settings.minimumCalls();
        if (calls >= least || overdue == 0) {
            return calls >= least;
        }
        return failures >= settings.failureRate() * least && calls - overdue + pending.waiting() >= least;
    }

    @Override
    void adapt(long now) {
        window(now);
    }

    @SuppressWarnings("ReferenceEquality") // Asked for each call; equal settings that are another object adapt in vain.
    private Window window(long now) {
        CircuitSettings settings = circuit.settings();
        return settings == adapted ? window : adapted(settings, now);
    }

    private Window adapted(CircuitSettings settings, long now) {
        Window w = window;
        long length = settings.window().toNanos();
        if (w.length() != length) {
            WINDOW.compareAndSet(this, w, w.resized(length, now));
        }
        adapted = settings;
        return window;
    }

    private long overdueLimit() {
        return Math.max(circuit.settings().overdue().toNanos(), 4 * circuit.p99());
    }

    private long rampLeft(long now) {
        return ramp == 0 ? 0 : Math.max(0, ramp - (now - since));
    }

    private double share(long left) {
        return 1 - (1 - FIRST_SHARE) * left / ramp;
    }

    /** Spreads the calls refused by the ramp over the rest of it. */
    @Override
    long untilNextProbe(long now) {
        return Math.max(SHORTEST_WAIT, (long) (circuit.random() * rampLeft(now)));
    }

    @Override
    long untilPermitted(long now) {
        return 0;
    }

    @Override
    long calls(long now) {
        return Window.calls(window(now).sum(now)) + overdue(now);
    }

    @Override
    long failures(long now) {
        return Window.failures(window(now).sum(now)) + overdue(now);
    }

    @Override
    long overdue(long now) {
        return pending.overdue(now, overdueLimit());
    }
}
