package io.aicore.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * One attempt of a call. Code that runs inside the attempt finds it in the Reactor Context under the key
 * {@code Attempt.class}.
 *
 * <pre>{@code
 * Mono.deferContextual(context -> send(request, Attempt.current(context).number()))
 * }</pre>
 *
 * @param callId identifies the call (one subscription with all its attempts); unique within the process
 * @param number of the attempt, from 1
 * @param waited total wait between the attempts so far
 * @param remaining time left to the deadline when this attempt began; null without a deadline
 * @param failures the failed attempts before this one, oldest first, at most the last 16
 */
public record Attempt(
        String callId,
        int number,
        Duration waited,
        @Nullable Duration remaining,
        List<FailedAttempt> failures) {

    /** How many failures a call keeps. */
    static final int REMEMBERED = 16;

    public Attempt {
        Check.that(number >= 1, "number", number, ">= 1");
        failures = List.copyOf(failures);
    }

    /**
     * Returns the attempt this Context belongs to. Empty outside of a retried call, and in the first attempt under a
     * plain {@code retryWhen}, which cannot put one into the Context; {@link RetryOnFailure#protect} can.
     */
    public static Optional<Attempt> from(ContextView context) {
        return context.getOrEmpty(Attempt.class);
    }

    /** Returns the attempt this Context belongs to, or a first attempt if the Context has none. */
    public static Attempt current(ContextView context) {
        return from(context).orElseGet(() -> first(CallIds.text(CallIds.next()), null));
    }

    static Attempt first(String callId, @Nullable Duration remaining) {
        return new Attempt(callId, 1, Duration.ZERO, remaining, List.of());
    }

    /** Whether this is a retry: {@code number > 1}. */
    public boolean isRetry() {
        return number > 1;
    }
}
