package io.aicore.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * One attempt of a call. Immutable. Code that runs inside the attempt finds it in the Reactor Context under the key
 * {@code Attempt.class}.
 *
 * <pre>{@code
 * Mono.deferContextual(context -> send(request, Attempt.current(context).number()))
 * }</pre>
 */
public interface Attempt {

    /**
     * Returns the attempt this Context belongs to. Empty outside of a retried call, and in the first attempt under a
     * plain {@code retryWhen}, which cannot put one into the Context; {@link RetryOnFailure#protect} can.
     */
    static Optional<Attempt> from(ContextView context) {
        return context.getOrEmpty(Attempt.class);
    }

    /** Returns the attempt this Context belongs to, or a first attempt if the Context has none. */
    static Attempt current(ContextView context) {
        return from(context).orElseGet(() -> CallAttempt.first(CallIds.text(CallIds.next()), null));
    }

    /** Identifies the call (one subscription with all its attempts); unique within the process. */
    String callId();

    /** Number of the attempt, from 1. */
    int number();

    /** Total wait between the attempts so far. */
    Duration waited();

    /** Time left to the deadline when this attempt began; null without a deadline. */
    @Nullable
    Duration remaining();

    /** The failed attempts before this one, oldest first, at most the last 16. */
    List<FailedAttempt> failures();

    /** Whether this is a retry: {@code number > 1}. */
    default boolean isRetry() {
        return number() > 1;
    }
}
