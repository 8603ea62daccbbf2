package io.aicore.limit;

import io.aicore.internal.Check;
import java.time.Duration;
import java.util.Objects;

/**
 * When a {@link CircuitBreaker} opens and how it recovers. Immutable and validated on creation.
 *
 * <p>Defaults: enabled, {@link CircuitMode#NORMAL}; opens at a failure rate of 0.5 over 10 s with at least 10 calls,
 * where pending calls without a first byte for {@code max(8 s, 4 · p99)} count as failed; stays open for 2 s, doubling
 * to 10 s while probes fail, each time {@code · U(0.5, 1.5)}; one probe with a lease of {@code 2 · p99} of the time to
 * first byte, within 5 s and 60 s; admission ramps up over 2 s after closing (slow start); a retried call waits at most
 * 10 s for the circuit. The defaults come from simulations of outages, hangs and load spikes with 10 to 1,000 client
 * processes: short open times and fast probes lose the fewest calls after the outage. {@link #admitted()} differs where
 * calls wait for the circuit.
 *
 * @param enabled false: every call passes and nothing is counted
 * @param mode which calls an open circuit refuses
 * @param trip when it opens
 * @param recovery how it recovers
 * @param maxWait longest wait of a retried call for the circuit, all its waits together; zero for no wait
 */
public record CircuitSettings(boolean enabled, CircuitMode mode, Trip trip, Recovery recovery, Duration maxWait) {

    private static final Duration LONGEST = Duration.ofDays(1);

    private static final CircuitSettings DEFAULTS = new CircuitSettings(
            true,
            CircuitMode.NORMAL,
            new Trip(0.5, Duration.ofSeconds(10), 10, Duration.ofSeconds(8)),
            new Recovery(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    1,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2)),
            Duration.ofSeconds(10));

    private static final CircuitSettings ADMITTED = DEFAULTS.maxOpenTime(Duration.ofSeconds(5));

    public CircuitSettings {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(trip, "trip");
        Objects.requireNonNull(recovery, "recovery");
        maxWait = between("maxWait", maxWait, Duration.ZERO, LONGEST);
    }

    /**
     * When a closed circuit opens.
     *
     * @param failureRate share of failed calls at which it opens, {@code > 0} and {@code <= 1}
     * @param window period over which calls count, in ten buckets of equal length
     * @param minimumCalls calls in the window (slow pending ones included) below which it never opens. Where some are
     *     slow, those that are pending for a shorter time count too, but at least {@code failureRate · minimumCalls} must
     *     have failed or be slow
     * @param overdue slow-call limit: a call without a first byte for longer than {@code max(overdue, 4 · p99)} counts
     *     as failed while it is still pending
     */
    public record Trip(double failureRate, Duration window, int minimumCalls, Duration overdue) {
        public Trip {
            Check.that(failureRate > 0 && failureRate <= 1, "failureRate", failureRate, "> 0 and <= 1");
            window = between("window", window, Duration.ofMillis(10), LONGEST);
            Check.atLeast(1, minimumCalls, "minimumCalls");
            overdue = between("overdue", overdue, Duration.ofMillis(1), LONGEST);
        }
    }

    /**
     * How an open circuit closes again.
     *
     * @param openTime how long it stays open the first time, before the random factor
     * @param maxOpenTime limit of the doubling, {@code >= openTime}
     * @param probes calls permitted while half-open; all must succeed to close it
     * @param minLease shortest time until an unfinished probe is replaced by the next call; in an {@link Admission}
     *     twice as long after a probe that stayed silent
     * @param maxLease longest such time, {@code >= minLease}
     * @param ramp how long admission grows from 10 % to 100 % after closing; zero: full admission at once
     */
    public record Recovery(
            Duration openTime, Duration maxOpenTime, int probes, Duration minLease, Duration maxLease, Duration ramp) {
        public Recovery {
            openTime = between("openTime", openTime, Duration.ofMillis(1), LONGEST);
            maxOpenTime = between("maxOpenTime", maxOpenTime, openTime, LONGEST);
            Check.atLeast(1, probes, "probes");
            minLease = between("minLease", minLease, Duration.ofMillis(1), LONGEST);
            maxLease = between("maxLease", maxLease, minLease, LONGEST);
            ramp = between("ramp", ramp, Duration.ZERO, LONGEST);
        }
    }

    /** The defaults listed in the class description. */
    public static CircuitSettings defaults() {
        return DEFAULTS;
    }

    /**
     * The defaults for the circuits of an {@link Admission}: open for at most 5 s instead of 10 s. Where calls wait for a
     * probe, the sooner one means fewer calls that fail after an outage; where none can wait, the later one means less
     * load during it. In any case, a probe that follows a silent one has twice the lease there (within the longest): a
     * provider that hangs is asked less often, and those who wait fail sooner.
     */
    public static CircuitSettings admitted() {
        return ADMITTED;
    }

    /** A circuit that admits every call and counts nothing. */
    public static CircuitSettings disabled() {
        return DEFAULTS.enabled(false);
    }

    public double failureRate() {
        return trip.failureRate;
    }

    public Duration window() {
        return trip.window;
    }

    public int minimumCalls() {
        return trip.minimumCalls;
    }

    public Duration overdue() {
        return trip.overdue;
    }

    public Duration openTime() {
        return recovery.openTime;
    }

    public Duration maxOpenTime() {
        return recovery.maxOpenTime;
    }

    public int probes() {
        return recovery.probes;
    }

    public Duration minLease() {
        return recovery.minLease;
    }

    public Duration maxLease() {
        return recovery.maxLease;
    }

    public Duration ramp() {
        return recovery.ramp;
    }

    public CircuitSettings enabled(boolean enabled) {
        return new CircuitSettings(enabled, mode, trip, recovery, maxWait);
    }

    public CircuitSettings mode(CircuitMode mode) {
        return new CircuitSettings(enabled, mode, trip, recovery, maxWait);
    }

    public CircuitSettings trip(Trip trip) {
        return new CircuitSettings(enabled, mode, trip, recovery, maxWait);
    }

    public CircuitSettings recovery(Recovery recovery) {
        return new CircuitSettings(enabled, mode, trip, recovery, maxWait);
    }

    public CircuitSettings maxWait(Duration maxWait) {
        return new CircuitSettings(enabled, mode, trip, recovery, maxWait);
    }

    public CircuitSettings failureRate(double failureRate) {
        return trip(new Trip(failureRate, trip.window, trip.minimumCalls, trip.overdue));
    }

    public CircuitSettings window(Duration window) {
        return trip(new Trip(trip.failureRate, window, trip.minimumCalls, trip.overdue));
    }

    public CircuitSettings minimumCalls(int minimumCalls) {
        return trip(new Trip(trip.failureRate, trip.window, minimumCalls, trip.overdue));
    }

    public CircuitSettings overdue(Duration overdue) {
        return trip(new Trip(trip.failureRate, trip.window, trip.minimumCalls, overdue));
    }

    /** Sets the first open time; raises {@link #maxOpenTime()} to it if that is shorter. */
    public CircuitSettings openTime(Duration openTime) {
        Recovery r = recovery;
        Duration max = openTime.compareTo(r.maxOpenTime) > 0 ? openTime : r.maxOpenTime;
        return recovery(new Recovery(openTime, max, r.probes, r.minLease, r.maxLease, r.ramp));
    }

    public CircuitSettings maxOpenTime(Duration maxOpenTime) {
        Recovery r = recovery;
        return recovery(new Recovery(r.openTime, maxOpenTime, r.probes, r.minLease, r.maxLease, r.ramp));
    }

    public CircuitSettings probes(int probes) {
        Recovery r = recovery;
        return recovery(new Recovery(r.openTime, r.maxOpenTime, probes, r.minLease, r.maxLease, r.ramp));
    }

    public CircuitSettings lease(Duration shortest, Duration longest) {
        Recovery r = recovery;
        return recovery(new Recovery(r.openTime, r.maxOpenTime, r.probes, shortest, longest, r.ramp));
    }

    public CircuitSettings ramp(Duration ramp) {
        Recovery r = recovery;
        return recovery(new Recovery(r.openTime, r.maxOpenTime, r.probes, r.minLease, r.maxLease, ramp));
    }

    private static Duration between(String name, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw Check.wrong(name, value, ">= " + least + " and <= " + most);
        }
        return value;
    }
}
