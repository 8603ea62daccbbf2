package io.aicore.limit;

import io.aicore.internal.Check;
import io.aicore.internal.LazyContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One call on its way through admission: its priority, its deadline, what it is expected to cost, and how long its
 * attempts have waited together. Create one per call; it may have one attempt at a time. {@code RetryOnFailure.protect} puts
 * one with its deadline into the Context of its attempts, where {@link AdmissionLane#protect} finds it. Calls within that
 * call share its allowance for waits and end by its deadline.
 */
public final class AdmissionCall {

    private static final AtomicReferenceFieldUpdater<AdmissionCall, Waits> WAITS =
            AtomicReferenceFieldUpdater.newUpdater(AdmissionCall.class, Waits.class, "waits");

    /** What the attempts of a call have waited; most have not. */
    private static final class Waits {
        private final AtomicLong all = new AtomicLong();
        private final AtomicLong atCircuit = new AtomicLong();
        private final AtomicLong elsewhere = new AtomicLong();
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final @Nullable Priority priority;
    private final long deadline;
    private final int cost;
    private final @Nullable AdmissionListener listener;

    /** The one that this one was made from: the same call, which has waited what both did. */
    private final @Nullable AdmissionCall origin;

    private volatile @Nullable Waits waits;

    private AdmissionCall(
            @Nullable AdmissionCall origin,
            @Nullable Priority priority,
            long deadline,
            int cost,
            @Nullable AdmissionListener listener) {
        this.origin = origin;
        this.priority = priority;
        this.deadline = deadline;
        this.cost = cost;
        this.listener = listener;
    }

    /** A call without a deadline, with the priority of the settings, that costs no tokens. */
    public static AdmissionCall create() {
        return new AdmissionCall(null, null, NEVER, 0, null);
    }

    /** The call of this Context, if there is one; else a new one with the {@link Priority} of the Context. */
    public static AdmissionCall from(ContextView context) {
        return from(context, NEVER);
    }

    /** The call of this Context, if there is one already. */
    static @Nullable AdmissionCall known(ContextView context) {
        return context instanceof LazyContext lazy
                ? (AdmissionCall) lazy.getIfMade(AdmissionCall.class)
                : context.getOrDefault(AdmissionCall.class, null);
    }

    /** The priority of the call of this Context, made or not. */
    static Priority priority(ContextView context, Priority otherwise) {
        AdmissionCall known = known(context);
        return known == null ? Priority.of(context, otherwise) : known.priorityOr(otherwise);
    }

    /** As {@link #from(ContextView)}, with a {@linkplain #deadline(long) deadline}; {@link Long#MAX_VALUE} for none. */
    public static AdmissionCall from(ContextView context, long deadline) {
        return from(context, deadline, null);
    }

    /** As {@link #from(ContextView, long)}, with a {@linkplain #listener listener}; null for that of the Context's call. */
    public static AdmissionCall from(ContextView context, long deadline, @Nullable AdmissionListener listener) {
        AdmissionCall known = context.getOrDefault(AdmissionCall.class, null);
        if (known == null) {
            return new AdmissionCall(null, context.getOrDefault(Priority.class, null), deadline, 0, listener);
        }
        boolean earlier = known.endsAfter(deadline);
        return earlier || listener != null
                ? new AdmissionCall(
                        known.origin(),
                        known.priority,
                        earlier ? deadline : known.deadline,
                        known.cost,
                        listener == null ? known.listener : listener)
                : known;
    }

    /** As {@link #from(ContextView, long)}, with a {@linkplain #cost(long) cost}. */
    public static AdmissionCall from(ContextView context, long deadline, long cost) {
        return context.hasKey(AdmissionCall.class)
                ? from(context, deadline).cost(cost)
                : new AdmissionCall(null, context.getOrDefault(Priority.class, null), deadline, tokens(cost), null);
    }

    /** The Context in which the attempts of this call run, for {@link AdmissionLane#protect}. */
    public Context in(Context context) {
        return context.put(AdmissionCall.class, this);
    }

    /** The same call with this priority. */
    public AdmissionCall priority(Priority priority) {
        return new AdmissionCall(origin(), Objects.requireNonNull(priority, "priority"), deadline, cost, listener);
    }

    /**
     * The same call with this deadline, unless it has an earlier one: within another call it has no more time than that.
     *
     * @param instant on the clock of the admission's scheduler, {@code scheduler.now(NANOSECONDS)}
     */
    public AdmissionCall deadline(long instant) {
        return endsAfter(instant) ? new AdmissionCall(origin(), priority, instant, cost, listener) : this;
    }

    private boolean endsAfter(long instant) {
        return instant != NEVER && (deadline == NEVER || instant - deadline < 0);
    }

    /**
     * The same call with the tokens that an attempt is expected to take from the token limit.
     *
     * @param tokens from 0 to {@link Integer#MAX_VALUE}
     */
    public AdmissionCall cost(long tokens) {
        int checked = tokens(tokens);
        return checked == cost ? this : new AdmissionCall(origin(), priority, deadline, checked, listener);
    }

    private static int tokens(long tokens) {
        if (tokens < 0 || tokens > Integer.MAX_VALUE) {
            throw Check.wrong("tokens", tokens, "0 to " + Integer.MAX_VALUE);
        }
        return (int) tokens;
    }

    /** The same call, which tells this listener how it waits, in place of the one before. */
    public AdmissionCall listener(AdmissionListener listener) {
        return new AdmissionCall(origin(), priority, deadline, cost, Objects.requireNonNull(listener, "listener"));
    }

    private AdmissionCall origin() {
        return origin == null ? this : origin;
    }

    /** How long the attempts of this call have waited for admission. */
    public Duration waited() {
        Waits known = origin().waits;
        return known == null ? Duration.ZERO : Duration.ofNanos(known.all.get());
    }

    /** How long this call has waited for circuits, in admission and before it. */
    public Duration waitedForCircuit() {
        return Duration.ofNanos(waitedAtCircuit());
    }

    /** Counts a wait for the circuit before admission, as that of a retry: the allowance is one for the whole call. */
    public void addCircuitWait(Duration wait) {
        if (!wait.isZero()) {
            waits().elsewhere.addAndGet(wait.toNanos());
        }
    }

    Priority priorityOr(Priority otherwise) {
        return priority == null ? otherwise : priority;
    }

    @Nullable
    AdmissionListener listener() {
        return listener;
    }

    long cost() {
        return cost;
    }

    /** Nanoseconds to the deadline; {@link Long#MAX_VALUE} without one. */
    long left(long now) {
        return deadline == NEVER ? Long.MAX_VALUE : deadline - now;
    }

    long waitedAtGate() {
        Waits known = origin().waits;
        return known == null ? 0 : known.all.get() - known.atCircuit.get();
    }

    long waitedAtCircuit() {
        Waits known = origin().waits;
        return known == null ? 0 : known.atCircuit.get() + known.elsewhere.get();
    }

    void waited(long nanos, long atCircuit) {
        Waits counted = waits();
        counted.all.addAndGet(nanos);
        counted.atCircuit.addAndGet(atCircuit);
    }

    private Waits waits() {
        AdmissionCall first = origin();
        Waits known = first.waits;
        if (known != null) {
            return known;
        }
        Waits made = new Waits();
        return WAITS.compareAndSet(first, null, made) ? made : waits();
    }
}
