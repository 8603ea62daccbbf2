package io.aicore.limit;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** One attempt that waits for admission. Its fields other than the state belong to the lock of {@link Admission}. */
final class Waiter implements Disposable {

    enum State {
        WAITING,
        /** Taken from the queue with an answer that is on its way to the callback. */
        ANSWERED,
        /** The callback has the answer, or will never get one. */
        GONE
    }

    static final Comparator<Waiter> BY_RANK =
            Comparator.<Waiter>comparingLong(w -> w.rank).thenComparingLong(w -> w.number);
    static final Comparator<Waiter> BY_EXPIRY =
            Comparator.<Waiter>comparingLong(w -> w.expires).thenComparingLong(w -> w.number);
    static final Comparator<Waiter> BY_PATIENCE =
            Comparator.<Waiter>comparingLong(w -> w.patience).thenComparingLong(w -> w.number);

    private final AdmissionLane lane;
    private final AdmissionCall call;
    private final boolean retry;
    private final AdmissionCallback callback;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    final long number;
    final long arrived;
    final long rank;
    final long expires;
    final AdmissionRejectedException.Bound bound;
    final boolean forPlace;

    /** Where the time that the lane's circuit is not closed ends this wait, on the lane's own count of that time. */
    final long patience;

    final long blockedBefore;
    private @Nullable AdmissionPermit permit;
    private @Nullable Throwable refusal;
    private @Nullable WaitReport report;
    private long waited;

    Waiter(AdmissionLane lane, AdmissionCall call, boolean retry, AdmissionCallback callback, Place place) {
        this.lane = lane;
        this.call = call;
        this.retry = retry;
        this.callback = callback;
        this.number = place.number();
        this.arrived = place.arrived();
        this.rank = place.rank();
        this.expires = place.limits().expires();
        this.bound = place.limits().bound();
        this.forPlace = place.limits().forPlace();
        this.blockedBefore = place.blockedBefore();
        this.patience = place.blockedBefore() + place.limits().patience();
    }

    /** Where and since when an attempt waits. */
    record Place(long number, long arrived, long rank, long blockedBefore, Limits limits) {}

    /**
     * How long an attempt waits.
     *
     * @param expires instant at which it is rejected
     * @param bound what set that instant
     * @param forPlace whether it came because all places were taken
     * @param patience nanoseconds that it waits for a circuit
     */
    record Limits(long expires, AdmissionRejectedException.Bound bound, boolean forPlace, long patience) {}

    AdmissionLane lane() {
        return lane;
    }

    AdmissionCall call() {
        return call;
    }

    boolean isRetry() {
        return retry;
    }

    Duration waited(long now) {
        return Duration.ofNanos(Math.max(0, now - arrived));
    }

    /** Under the lock, before anybody can answer: its call is told of the wait. */
    void reportedBy(WaitReport waitReport) {
        report = waitReport;
    }

    /** Tells the call that it waits; by the thread that asked, when it is able to leave. */
    void begin() {
        WaitReport told = report;
        if (told != null && !isDisposed()) {
            told.begin();
        }
    }

    /** Under the lock: it leaves the queue. Returns the nanoseconds that it was in there. */
    long end(long now) {
        waited = Math.max(0, now - arrived);
        return waited;
    }

    /** Under the lock: the attempt may go. False if it has left. */
    boolean grant(AdmissionPermit granted) {
        permit = granted;
        if (state.compareAndSet(State.WAITING, State.ANSWERED)) {
            return true;
        }
        permit = null;
        return false;
    }

    /** Under the lock: the attempt is rejected. False if it has left. */
    boolean refuse(Throwable why) {
        refusal = why;
        return state.compareAndSet(State.WAITING, State.ANSWERED);
    }

    /** Under the lock: the permit of a caller that does not wait for its callback; null if it was refused. */
    @Nullable
    AdmissionPermit take() {
        state.set(State.GONE);
        return permit;
    }

    @Nullable
    Throwable refusal() {
        return refusal;
    }

    /** Tells the callback, outside of the lock. */
    void deliver() {
        WaitReport told = report;
        if (told == null) {
            answer();
        } else {
            told.then(() -> answer(told));
        }
    }

    private void answer(WaitReport told) {
        try {
            if (!isDisposed()) {
                told.end(waited, permit != null);
            }
        } finally {
            answer();
        }
    }

    private void answer() {
        if (!state.compareAndSet(State.ANSWERED, State.GONE)) {
            return;
        }
        AdmissionPermit granted = permit;
        if (granted == null) {
            Throwable why = refusal;
            callback.rejected(why == null ? new IllegalStateException("no answer") : why);
            return;
        }
        Throwable thrown = granted.enter();
        if (thrown != null) {
            granted.release();
            callback.rejected(thrown);
        } else {
            callback.admitted(granted);
        }
    }

    /** Leaves the queue; a permit that is on its way goes back. */
    @Override
    public void dispose() {
        State before = state.getAndSet(State.GONE);
        if (before == State.WAITING) {
            lane.leave(this);
        } else if (before == State.ANSWERED) {
            AdmissionPermit granted = permit;
            if (granted != null) {
                granted.release();
            }
        }
    }

    @Override
    public boolean isDisposed() {
        return state.get() == State.GONE;
    }
}
