package io.aicore.retry;

import reactor.util.context.ContextView;

/**
 * Says what an error means for a retry. Called once per failed attempt, on the thread the failure arrived on; must not
 * block. One that throws makes the failure final: the original error stays the primary one and what was thrown is
 * suppressed on it.
 */
@FunctionalInterface
public interface FailureClassifier {

    /** The meaning of this error. */
    Failure classify(Throwable error);

    /** The meaning of this error, with the caller's Reactor Context at hand; by default the Context is not looked at. */
    default Failure classify(Throwable error, ContextView context) {
        return classify(error);
    }

    /**
     * For callers with no protocol of their own: an {@link java.io.IOException} or a
     * {@link java.util.concurrent.TimeoutException}, itself or among the causes, is retryable; everything else, programmer
     * errors foremost, is not.
     */
    static FailureClassifier standard() {
        return StandardClassifier.INSTANCE;
    }
}
