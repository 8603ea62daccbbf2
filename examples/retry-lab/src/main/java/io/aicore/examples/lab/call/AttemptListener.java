package io.aicore.examples.lab.call;

import io.aicore.limit.RateReport;

/** Hears what becomes of an attempt. */
public interface AttemptListener {

    /** The first byte of a stream arrived; {@code ended} follows. */
    default void firstByte(RateReport report) {}

    /** The attempt ended; called once, and never after a cancel. */
    void ended(Answer answer);
}
