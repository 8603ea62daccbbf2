package io.aicore.retry;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first attempt of a call, whose id is rendered when somebody asks for it. */
record FirstAttempt(long call, @Nullable Duration remaining) implements Attempt {

    @Override
    public String callId() {
        return CallIds.text(call);
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public Duration waited() {
        return Duration.ZERO;
    }

    @Override
    public List<FailedAttempt> failures() {
        return List.of();
    }

    @Override
    public String toString() {
        return "Attempt[callId=" + callId() + ", number=1]";
    }
}
