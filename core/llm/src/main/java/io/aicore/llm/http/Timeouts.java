package io.aicore.llm.http;

import io.aicore.llm.chat.CallOverrides;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long each phase of an attempt may take. The deadline of the whole call stands in the retry settings.
 *
 * @param connect until the connection stands, TLS included; default 10 s
 * @param firstToken until the first token of a stream, or the first byte of a plain answer. Null, the default: 60 s for
 *     streams, and no limit of its own for plain answers, which begin only when the model has finished
 * @param idle the longest silence within a stream; comments and pings count as life; default 60 s
 * @param attempt one attempt of a plain completion; default 10 min
 */
public record Timeouts(Duration connect, @Nullable Duration firstToken, Duration idle, Duration attempt) {

    private static final Duration STREAM_FIRST_TOKEN = Duration.ofSeconds(60);
    private static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofSeconds(10), null, Duration.ofSeconds(60), Duration.ofMinutes(10));

    public Timeouts {
        positive("connectTimeout", connect);
        positive("firstTokenTimeout", firstToken);
        positive("idleTimeout", idle);
        positive("attemptTimeout", attempt);
    }

    /** 10 s, 60 s for streams, 60 s, 10 min. */
    public static Timeouts defaults() {
        return DEFAULTS;
    }

    /** The limit until the first token of a stream. */
    public Duration streamFirstToken() {
        return firstToken == null ? STREAM_FIRST_TOKEN : firstToken;
    }

    /** The same, with this connect timeout. */
    public Timeouts connect(Duration connect) {
        return new Timeouts(connect, firstToken, idle, attempt);
    }

    /** The same, with this limit until the first token. */
    public Timeouts firstToken(@Nullable Duration firstToken) {
        return new Timeouts(connect, firstToken, idle, attempt);
    }

    /** The same, with this idle timeout. */
    public Timeouts idle(Duration idle) {
        return new Timeouts(connect, firstToken, idle, attempt);
    }

    /** The same, with this attempt timeout. */
    public Timeouts attempt(Duration attempt) {
        return new Timeouts(connect, firstToken, idle, attempt);
    }

    /** The same, with what one call does differently. */
    public Timeouts with(CallOverrides overrides) {
        return new Timeouts(
                orElse(overrides.connectTimeout(), connect),
                overrides.firstTokenTimeout() != null ? overrides.firstTokenTimeout() : firstToken,
                orElse(overrides.idleTimeout(), idle),
                orElse(overrides.attemptTimeout(), attempt));
    }

    private static Duration orElse(@Nullable Duration value, Duration fallback) {
        return value == null ? fallback : value;
    }

    private static void positive(String name, @Nullable Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
