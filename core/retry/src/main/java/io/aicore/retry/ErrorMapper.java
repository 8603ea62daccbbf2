package io.aicore.retry;

/**
 * Customizes the error the caller receives, for example to attach the history to your own exception or to replace the
 * error. If it throws, the error stays as it is, with the thrown one suppressed.
 */
@FunctionalInterface
public interface ErrorMapper {

    /**
     * Returns the error that the caller receives.
     *
     * @param last the last failure
     * @param history the history of the whole call
     */
    Throwable map(Throwable last, RetryHistory history);
}
