package io.aicore.limit;

/**
 * Failures without a success between them, up to the last one.
 *
 * @param bucket start of the window's bucket of the last failure
 * @param successes in this bucket before it
 */
record FailureRun(long bucket, int successes, int length) {

    static FailureRun none(long now) {
        return new FailureRun(now, 0, 0);
    }

    /** With a failure of now, which the window has counted. */
    FailureRun and(long now, Window window) {
        boolean goesOn = window.successesSince(bucket, now) <= successes;
        long current = window.current(now).start;
        return new FailureRun(current, window.successesSince(current, now), goesOn ? length + 1 : 1);
    }
}
