package io.aicore.llm.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The timeouts of one stream, once it is known whether its model thinks before it answers.
 *
 * @param firstToken until the first byte of the body
 * @param firstContent until the first content, regardless of other bytes; null for the call's deadline
 * @param thinking longest silence between the first byte and the first content
 * @param idle longest silence after the first content
 */
public record StreamTimeouts(Duration firstToken, @Nullable Duration firstContent, Duration thinking, Duration idle) {

    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** The configured timeouts, with defaults for the unset ones. */
    static StreamTimeouts of(Timeouts set, boolean thinks) {
        Duration silence = thinks ? LONG : SHORT;
        return new StreamTimeouts(
                orElse(set.firstToken(), silence),
                set.firstContent() != null || thinks ? set.firstContent() : LONG,
                orElse(set.idle(), silence),
                orElse(set.idle(), SHORT));
    }

    private static Duration orElse(@Nullable Duration value, Duration fallback) {
        return value == null ? fallback : value;
    }
}
