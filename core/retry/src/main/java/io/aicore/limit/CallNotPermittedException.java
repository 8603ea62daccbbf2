package io.aicore.limit;

import io.aicore.internal.Seconds;
import java.io.Serial;
import java.time.Duration;

/**
 * A call was refused because the circuit is open, its probe is in flight, or admission is still ramping up after
 * closing. Nothing was sent. Has no stack trace; the message is built on demand.
 */
public final class CallNotPermittedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final CircuitState state;
    private final long since;
    private final long untilNextProbe;
    private final boolean waited;

    /**
     * @param since nanoseconds, as the next one
     */
    CallNotPermittedException(String name, CircuitState state, long since, long untilNextProbe, boolean waited) {
        super(null, null, true, false);
        this.name = name;
        this.state = state;
        this.since = since;
        this.untilNextProbe = untilNextProbe;
        this.waited = waited;
    }

    /** The name of the circuit. */
    public String name() {
        return name;
    }

    /**
     * {@code OPEN}; {@code HALF_OPEN} while probes are in flight; {@code CLOSED} while admission ramps up after
     * closing.
     */
    public CircuitState state() {
        return state;
    }

    /**
     * Time since the circuit opened (for the first time, if probes have failed since), or since it closed if it is
     * ramping up.
     */
    public Duration since() {
        return Duration.ofNanos(since);
    }

    /** The earliest time to try again: the rest of the open time, of the lease, or a share of the ramp. */
    public Duration untilNextProbe() {
        return Duration.ofNanos(untilNextProbe);
    }

    /**
     * Whether the call has waited for the circuit as long as it may, or the wait could not end in time: an
     * {@link AdmissionLane} waits by itself, so a retry should not.
     */
    public boolean waited() {
        return waited;
    }

    @Override
    public String getMessage() {
        String next = Seconds.text(untilNextProbe());
        return switch (state) {
            case OPEN ->
                "circuit '" + name + "' is open, opened " + Seconds.text(since()) + " ago (next probe in " + next + ")";
            case HALF_OPEN ->
                "circuit '" + name + "' is half-open, opened " + Seconds.text(since())
                        + " ago: a probe is in flight (next one in at most " + next + ")";
            case CLOSED ->
                "circuit '" + name + "' is recovering, closed " + Seconds.text(since())
                        + " ago: admission is ramping up (try again in " + next + ")";
        };
    }
}
