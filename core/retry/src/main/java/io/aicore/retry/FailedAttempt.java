package io.aicore.retry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A failed attempt and the decision that followed it. Immutable; its text omits the error's message. */
public interface FailedAttempt {

    /** Number of the attempt, from 1. */
    int number();

    /** Wall-clock time, for records. */
    Instant start();

    /** Time from its start to its failure. */
    Duration duration();

    /** The classification of the error. */
    Failure failure();

    Throwable error();

    /** The delay chosen after it; null if no further attempt follows. */
    @Nullable
    Duration delay();

    /** The reason for this delay, or for giving up. */
    String delayWhy();
}
