package io.aicore.retry;

/**
 * The last hand on an error before the caller gets it: attaches the history to an exception of one's own, or replaces
 * it. One that throws changes nothing; what it threw is suppressed on the error.
 */
@FunctionalInterface
public interface FailureFinisher {

    /**
     * The error that the caller shall get.
     *
     * @param last the last failure
     * @param history the whole call
     */
    Throwable finish(Throwable last, RetryHistory history);
}
