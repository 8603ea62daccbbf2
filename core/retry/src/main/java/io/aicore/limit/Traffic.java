package io.aicore.limit;

/** Attempts sent lately, and how many of them the provider refused for its rate limit. Lock-free. */
final class Traffic {

    private static final double SECOND = 1e9;
    private static final int ENOUGH = 5;
    private static final long RESOLUTION = 50_000_000L;

    private final Window window;
    private final long length;
    private volatile long began;
    private volatile long last;

    Traffic(long length, long now) {
        this.length = length;
        this.window = new Window(length);
        this.began = now;
        this.last = now - length - 1;
    }

    void sent(long now) {
        window.record(now, false);
        long idle = now - last;
        if (idle > length) {
            began = now;
        }
        if (idle > RESOLUTION) {
            last = now;
        }
    }

    void refused(long now) {
        window.fail(now);
    }

    /** Attempts per second. */
    double rate(long now) {
        return Window.calls(window.sum(now)) / seconds(now);
    }

    /** Attempts per second that were not refused, including those that have no answer yet; negative if unknown. */
    double accepted(long now) {
        long sum = window.sum(now);
        int sent = Window.calls(sum);
        return sent < ENOUGH ? -1 : Math.max(0, sent - Window.failures(sum)) / seconds(now);
    }

    /** Nanoseconds since it began, or since the last pause longer than the window. */
    long age(long now) {
        return now - began;
    }

    /** Attempts per second that were not refused, over a while that says something; 0 if it does not. */
    double known(long now) {
        return age(now) < length / 2 ? 0 : Math.max(0, accepted(now));
    }

    private double seconds(long now) {
        return Math.max(1, Math.min(length, now - began) / SECOND);
    }
}
