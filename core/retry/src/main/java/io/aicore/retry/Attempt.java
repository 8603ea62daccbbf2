package io.aicore.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * One attempt of a call, as code inside the attempt sees it: in the Reactor Context under the key {@code Attempt.class}.
 *
 * <pre>{@code
 * Mono.deferContextual(context -> send(request, Attempt.current(context).number()))
 * }</pre>
 *
 * @param callId names the call: one subscription, all its attempts; unique within the process
 * @param number from 1
 * @param waited how long the call has waited between attempts so far
 * @param remaining what was left to the deadline when this attempt began; null when there is none
 * @param failures the attempts that failed before this one, oldest first, the last 16
 */
public record Attempt(
        String callId,
        int number,
        Duration waited,
        @Nullable Duration remaining,
        List<FailedAttempt> failures) {

    /** How many failures a call remembers. */
    static final int REMEMBERED = 16;

    public Attempt {
        Check.that(number >= 1, "number", number, ">= 1");
        failures = List.copyOf(failures);
    }

    /**
     * The attempt this Context belongs to. Empty outside of a retried call, and in the first attempt under a plain
     * {@code retryWhen}, which cannot give it one; {@link RetryOnFailure#protect} can.
     */
    public static Optional<Attempt> from(ContextView context) {
        return context.getOrEmpty(Attempt.class);
    }

    /** The attempt this Context belongs to, or a first attempt when it tells of none. */
    public static Attempt current(ContextView context) {
        return from(context).orElseGet(() -> first(CallIds.text(CallIds.next()), null));
    }

    static Attempt first(String callId, @Nullable Duration remaining) {
        return new Attempt(callId, 1, Duration.ZERO, remaining, List.of());
    }

    /** Whether another attempt of the same call came before. */
    public boolean isRetry() {
        return number > 1;
    }
}
