package io.aicore.examples.lab.time;

/** Seconds in scenarios and figures, nanoseconds in the simulation. */
public final class Seconds {

    private static final double NANOS = 1e9;

    private Seconds() {}

    /** Nanoseconds of these seconds. */
    public static long nanos(double seconds) {
        return Math.round(seconds * NANOS);
    }

    /** Seconds of these nanoseconds. */
    public static double of(long nanos) {
        return nanos / NANOS;
    }
}
