package io.aicore.retry;

import reactor.util.context.ContextView;

/**
 * Decides what an error means for a retry. Called once per failed attempt, on the thread that signalled the error; must
 * not block. If it throws, the failure is final: the caller gets the original error, with the thrown one suppressed.
 */
@FunctionalInterface
public interface FailureClassifier {

    /** Classifies this error. */
    Failure classify(Throwable error);

    /** Classifies this error with the caller's Reactor Context; by default the Context is ignored. */
    default Failure classify(Throwable error, ContextView context) {
        return classify(error);
    }

    /**
     * The default classifier: an {@link java.io.IOException} or a {@link java.util.concurrent.TimeoutException}, itself
     * or among the causes, is retryable; everything else, programming errors included, is not.
     */
    static FailureClassifier standard() {
        return StandardClassifier.INSTANCE;
    }
}
