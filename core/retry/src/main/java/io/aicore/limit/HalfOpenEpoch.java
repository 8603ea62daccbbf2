package io.aicore.limit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Probes decide. A probe holds a slot under a lease: a cancelled probe gives it back; an expired one passes to the next
 * call, as does the slot of a probe whose provider has sent something, and from then on a failure of the old probe no
 * longer counts. So no lost outcome can leave the circuit half-open.
 */
final class HalfOpenEpoch extends Epoch {

    /** A slot held by one attempt until it ends, or until the lease has expired and another call asks. */
    static final class Lease {
        private final int place;
        private final boolean afterSilence;
        private volatile long expires;
        private volatile boolean heard;

        /**
         * @param afterSilence whether the lease before it expired without a sign of life
         */
        Lease(int place, boolean afterSilence, long expires) {
            this.place = place;
            this.afterSilence = afterSilence;
            this.expires = expires;
        }

        /** Extends the lease: its attempt may be silent until then. */
        void extend(long until) {
            expires = Math.max(expires, until);
        }

        /** Releases the slot for the next probe; its attempt goes on. */
        void end(long now) {
            heard = true;
            expires = now;
        }

        private boolean isOver(long now) {
            return expires - now <= 0;
        }
    }

    private static final Lease ALIVE = new Lease(-1, false, 0);
    private static final Lease FAILED = new Lease(-2, false, 0);

    /** How much longer a lease is that follows a silent one, where calls wait: a provider that hangs is asked less often. */
    private static final int AFTER_SILENCE = 2;

    private final long begin;
    private final int round;
    private final AtomicInteger chances;
    private final AtomicReferenceArray<@Nullable Lease> places;

    /**
     * @param chances how many probes have to fail in a row before it opens again
     */
    HalfOpenEpoch(Circuit circuit, long since, long begin, int round, int chances) {
        super(circuit, since);
        this.begin = begin;
        this.round = round;
        this.chances = new AtomicInteger(chances);
        this.places = new AtomicReferenceArray<>(circuit.settings().probes());
    }

    @Override
    CircuitState state() {
        return CircuitState.HALF_OPEN;
    }

    /** The probe of the call that creates this epoch, which no other thread can see yet. */
    Permit firstProbe(long now) {
        Lease lease = lease(0, false, now);
        places.set(0, lease);
        return new Permit(this, now, lease);
    }

    @Override
    @Nullable
    Permit admit(long now, boolean always, boolean waits) {
        int alive = 0;
        int place = 0;
        while (place < places.length()) {
            Lease held = places.get(place);
            if (held == FAILED) {
                reopen(now);
                return null;
            }
            if (held == null || (held != ALIVE && held.isOver(now))) {
                Lease mine = lease(place, waits && held != null && !held.heard, now);
                if (places.compareAndSet(place, held, mine)) {
                    return new Permit(this, now, mine);
                }
                continue; // somebody was faster: look at this place again
            }
            alive += held == ALIVE ? 1 : 0;
            place++;
        }
        if (alive == places.length()) {
            // The last probe has reported but not yet closed the circuit: help it.
            circuit.close(this, now);
            return null;
        }
        return always ? new Permit(this, now, null) : null;
    }

    @Override
    void ended(Permit permit, Outcome outcome, boolean heard, long now) {
        Lease lease = permit.lease();
        if (lease == null) {
            return;
        }
        Lease result = switch (outcome) {
            case SUCCESS, ALIVE -> ALIVE;
            case FAILURE -> chances.get() > 1 ? null : FAILED;
            case IGNORED -> null;
        };
        if (!places.compareAndSet(lease.place, lease, result) && !(result == ALIVE && provenLate(lease.place))) {
            circuit.stale(outcome);
            return;
        }
        if (outcome == Outcome.SUCCESS && !heard) {
            circuit.firstByte(now - permit.start(), now);
        }
        if (result == FAILED) {
            reopen(now);
        } else if (outcome == Outcome.FAILURE) {
            chances.decrementAndGet();
            circuit.tellListeners();
        } else if (result == ALIVE && allAlive()) {
            circuit.close(this, now);
        }
    }

    /**
     * A response proves that the provider is up even after the lease has passed on. Otherwise a provider that is slower
     * than the lease would never be admitted again: every probe would lose its slot before its response.
     */
    private boolean provenLate(int place) {
        while (true) {
            Lease held = places.get(place);
            if (held == FAILED) {
                return false;
            }
            if (held == ALIVE || places.compareAndSet(place, held, ALIVE)) {
                return true;
            }
        }
    }

    @Override
    void broken(long now) {
        reopen(now);
    }

    /** Whether the attempt still holds its slot. */
    boolean holds(Lease lease) {
        return places.get(lease.place) == lease;
    }

    private boolean allAlive() {
        for (int i = 0; i < places.length(); i++) {
            if (places.get(i) != ALIVE) {
                return false;
            }
        }
        return true;
    }

    private void reopen(long now) {
        circuit.open(this, now, begin, round + 1, 1);
    }

    private Lease lease(int place, boolean afterSilence, long now) {
        CircuitSettings s = circuit.settings();
        long shortest = Math.max(s.minLease().toNanos(), 2 * circuit.p99());
        long wanted = afterSilence ? AFTER_SILENCE * shortest : shortest;
        return new Lease(place, afterSilence, now + Math.min(s.maxLease().toNanos(), wanted));
    }

    @Override
    long untilPermitted(long now) {
        long until = Long.MAX_VALUE;
        for (int i = 0; i < places.length(); i++) {
            Lease held = places.get(i);
            if (held == null) {
                return 0;
            }
            if (held != ALIVE && held != FAILED) {
                until = Math.min(until, Math.max(0, held.expires - now));
            }
        }
        return until == Long.MAX_VALUE ? 0 : until;
    }

    @Override
    boolean isSilent() {
        for (int i = 0; i < places.length(); i++) {
            Lease held = places.get(i);
            if (held == null || !held.afterSilence || held.heard) {
                return false;
            }
        }
        return true;
    }

    @Override
    long begin() {
        return begin;
    }
}
