package io.aicore.llm.chat;

import io.aicore.internal.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Per-call timeouts of each attempt. Null keeps the provider's setting.
 *
 * @param connect until the connection is established
 * @param firstToken until the first byte of a stream's body, or the first byte of a plain response
 * @param firstContent until the first content of a stream, regardless of other bytes
 * @param idle longest silence within a stream
 * @param attempt one attempt of a plain completion
 */
public record CallTimeouts(
        @Nullable Duration connect,
        @Nullable Duration firstToken,
        @Nullable Duration firstContent,
        @Nullable Duration idle,
        @Nullable Duration attempt) {

    /** No overrides. */
    public static final CallTimeouts NONE = new CallTimeouts(null, null, null, null, null);

    public CallTimeouts {
        Check.positive(connect, "connectTimeout");
        Check.positive(firstToken, "firstTokenTimeout");
        Check.positive(firstContent, "firstContentTimeout");
        Check.positive(idle, "idleTimeout");
        Check.positive(attempt, "attemptTimeout");
    }
}
