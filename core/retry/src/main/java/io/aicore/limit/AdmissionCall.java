package io.aicore.limit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One call on its way through admission: its priority, its deadline, what it is expected to cost, and how long its
 * attempts have waited together. Create one per call; it may have one attempt at a time. {@code RetryOnFailure.protect} puts
 * one with its deadline into the Context of its attempts, where {@link AdmissionLane#protect} finds it.
 */
public final class AdmissionCall {

    private static final AtomicLongFieldUpdater<AdmissionCall> WAITED =
            AtomicLongFieldUpdater.newUpdater(AdmissionCall.class, "waited");
    private static final AtomicLongFieldUpdater<AdmissionCall> WAITED_AT_CIRCUIT =
            AtomicLongFieldUpdater.newUpdater(AdmissionCall.class, "waitedAtCircuit");
    private static final AtomicLongFieldUpdater<AdmissionCall> WAITED_ELSEWHERE =
            AtomicLongFieldUpdater.newUpdater(AdmissionCall.class, "waitedElsewhere");

    private static final long NEVER = Long.MAX_VALUE;

    private final @Nullable Priority priority;
    private final long deadline;
    private final long cost;
    private volatile long waited;
    private volatile long waitedAtCircuit;
    private volatile long waitedElsewhere;

    private AdmissionCall(@Nullable Priority priority, long deadline, long cost) {
        this.priority = priority;
        this.deadline = deadline;
        this.cost = cost;
    }

    /** A call without a deadline, with the priority of the settings, that costs no tokens. */
    public static AdmissionCall create() {
        return new AdmissionCall(null, NEVER, 0);
    }

    /** The call of this Context, if there is one; else a new one with the {@link Priority} of the Context. */
    public static AdmissionCall from(ContextView context) {
        AdmissionCall known = context.getOrDefault(AdmissionCall.class, null);
        return known != null ? known : new AdmissionCall(context.getOrDefault(Priority.class, null), NEVER, 0);
    }

    /** The Context in which the attempts of this call run, for {@link AdmissionLane#protect}. */
    public Context in(Context context) {
        return context.put(AdmissionCall.class, this);
    }

    /** The same call with this priority. */
    public AdmissionCall priority(Priority priority) {
        return new AdmissionCall(Objects.requireNonNull(priority, "priority"), deadline, cost);
    }

    /**
     * The same call with a deadline.
     *
     * @param instant on the clock of the admission's scheduler, {@code scheduler.now(NANOSECONDS)}
     */
    public AdmissionCall deadline(long instant) {
        return new AdmissionCall(priority, instant, cost);
    }

    /** The same call with the tokens that an attempt is expected to take from the token limit, {@code >= 0}. */
    public AdmissionCall cost(long tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens: " + tokens + " (expected: >= 0)");
        }
        return new AdmissionCall(priority, deadline, tokens);
    }

    /** How long the attempts of this call have waited for admission. */
    public Duration waited() {
        return Duration.ofNanos(waited);
    }

    /** How long this call has waited for circuits, in admission and before it. */
    public Duration waitedForCircuit() {
        return Duration.ofNanos(waitedAtCircuit());
    }

    /** Counts a wait for the circuit before admission, as that of a retry: the allowance is one for the whole call. */
    public void addCircuitWait(Duration wait) {
        WAITED_ELSEWHERE.addAndGet(this, wait.toNanos());
    }

    Priority priorityOr(Priority otherwise) {
        return priority == null ? otherwise : priority;
    }

    long cost() {
        return cost;
    }

    /** Nanoseconds to the deadline; {@link Long#MAX_VALUE} without one. */
    long left(long now) {
        return deadline == NEVER ? Long.MAX_VALUE : deadline - now;
    }

    long waitedAtGate() {
        return waited - waitedAtCircuit;
    }

    long waitedAtCircuit() {
        return waitedAtCircuit + waitedElsewhere;
    }

    void waited(long nanos, long atCircuit) {
        WAITED.addAndGet(this, nanos);
        WAITED_AT_CIRCUIT.addAndGet(this, atCircuit);
    }
}
