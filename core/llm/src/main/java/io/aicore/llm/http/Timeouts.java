package io.aicore.llm.http;

import io.aicore.llm.chat.CallOverrides;
import io.aicore.llm.chat.CallTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long each phase of an attempt may take. The deadline of the whole call stands in the retry settings. Null, the
 * default of three of them, leaves the time to the library, which knows more when the request is there: a model that thinks
 * before it answers is waited for longer. A time that is set holds for every model.
 *
 * @param connect until the connection stands, TLS included; default 10 s
 * @param firstToken until a stream's first sign of life, which is any byte of its body: a comment, a ping, a chunk that
 *     says who answers; or until the first byte of a plain answer. Null: 60 s for streams, 300 s where the model thinks,
 *     and no limit of its own for plain answers, which begin only when the model has finished
 * @param firstContent until the first content of a stream, however much life it shows; not retried, as each attempt is
 *     billed. Null: 300 s, and where the model thinks the deadline of the call, or 10 min without one
 * @param idle the longest silence within a stream that has shown life; any byte ends it. Null: 60 s, and where the model
 *     thinks 300 s until the first content
 * @param attempt one attempt of a plain completion; default 10 min
 */
public record Timeouts(
        Duration connect,
        @Nullable Duration firstToken,
        @Nullable Duration firstContent,
        @Nullable Duration idle,
        Duration attempt) {

    private static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofSeconds(10), null, null, null, Duration.ofMinutes(10));

    public Timeouts {
        positive("connectTimeout", connect);
        positive("firstTokenTimeout", firstToken);
        positive("firstContentTimeout", firstContent);
        positive("idleTimeout", idle);
        positive("attemptTimeout", attempt);
    }

    /** 10 s to connect, 10 min for a plain attempt, and the times of a stream left open. */
    public static Timeouts defaults() {
        return DEFAULTS;
    }

    /** The timeouts of one stream, with what was left open decided by whether the model thinks before it answers. */
    public StreamTimeouts stream(boolean thinks) {
        return StreamTimeouts.of(this, thinks);
    }

    /** The same, with this connect timeout. */
    public Timeouts connect(Duration connect) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** The same, with this limit until the first sign of life of a stream, or the first byte of a plain answer. */
    public Timeouts firstToken(@Nullable Duration firstToken) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** The same, with this limit until the first content of a stream. */
    public Timeouts firstContent(@Nullable Duration firstContent) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** The same, with this idle timeout. */
    public Timeouts idle(@Nullable Duration idle) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** The same, with this attempt timeout. */
    public Timeouts attempt(Duration attempt) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** The same, with what one call does differently. */
    public Timeouts with(CallOverrides overrides) {
        CallTimeouts own = overrides.timeouts();
        return new Timeouts(
                own.connect() == null ? connect : own.connect(),
                own.firstToken() == null ? firstToken : own.firstToken(),
                own.firstContent() == null ? firstContent : own.firstContent(),
                own.idle() == null ? idle : own.idle(),
                own.attempt() == null ? attempt : own.attempt());
    }

    private static void positive(String name, @Nullable Duration value) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
