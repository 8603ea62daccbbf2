package io.aicore.llm.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The timeouts that one call sets for its attempts, whatever its provider is set to. Null means: as the provider is set.
 *
 * @param connect until the connection stands
 * @param firstToken until the first sign of life of a stream, or the first byte of a plain answer
 * @param firstContent until the first content of a stream, however much life it shows
 * @param idle the longest silence within a stream
 * @param attempt one attempt of a plain completion
 */
public record CallTimeouts(
        @Nullable Duration connect,
        @Nullable Duration firstToken,
        @Nullable Duration firstContent,
        @Nullable Duration idle,
        @Nullable Duration attempt) {

    /** All as the provider is set. */
    public static final CallTimeouts NONE = new CallTimeouts(null, null, null, null, null);

    public CallTimeouts {
        CallOverrides.positive("connectTimeout", connect);
        CallOverrides.positive("firstTokenTimeout", firstToken);
        CallOverrides.positive("firstContentTimeout", firstContent);
        CallOverrides.positive("idleTimeout", idle);
        CallOverrides.positive("attemptTimeout", attempt);
    }
}
