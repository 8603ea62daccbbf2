package io.aicore.retry;

import io.aicore.internal.Check;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt of a call under a {@link RetryOnFailure}. */
record CallAttempt(
        String callId,
        int number,
        Duration waited,
        @Nullable Duration remaining,
        List<FailedAttempt> failures) implements Attempt {

    /** How many failures a call keeps. */
    static final int REMEMBERED = 16;

    CallAttempt {
        Check.that(number >= 1, "number", number, ">= 1");
        failures = List.copyOf(failures);
    }

    static CallAttempt first(String callId, @Nullable Duration remaining) {
        return new CallAttempt(callId, 1, Duration.ZERO, remaining, List.of());
    }
}
