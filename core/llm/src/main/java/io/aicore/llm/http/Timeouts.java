package io.aicore.llm.http;

import io.aicore.internal.Check;
import io.aicore.llm.chat.CallTimeouts;
import io.aicore.llm.chat.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Timeouts of each phase of an attempt. The deadline of the whole call is in the retry settings. Null, the default of
 * three of them, selects a timeout by the request: models that think before they answer get more time. A value that is
 * set applies to every model.
 *
 * @param connect until the connection is established, TLS included; default 10 s
 * @param firstToken until the first byte of a stream's body, which may be a comment, a ping or a chunk without content;
 *     or until the first byte of a plain response. Null: 60 s for streams, 300 s if the model thinks, and none for
 *     plain responses, which begin only when the model has finished
 * @param firstContent until the first content of a stream, regardless of other bytes; not retried, because each attempt
 *     is billed. Null: 300 s, and if the model thinks the deadline of the call, or 10 min without one
 * @param idle longest silence within a stream after its first byte; any byte ends it. Null: 60 s, and if the model
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
        Check.positive(connect, "connectTimeout");
        Check.positive(firstToken, "firstTokenTimeout");
        Check.positive(firstContent, "firstContentTimeout");
        Check.positive(idle, "idleTimeout");
        Check.positive(attempt, "attemptTimeout");
    }

    /** 10 s to connect, 10 min for a plain attempt; the timeouts of a stream are unset. */
    public static Timeouts defaults() {
        return DEFAULTS;
    }

    /** The timeouts of one stream; unset ones depend on whether the model thinks before it answers. */
    public StreamTimeouts stream(boolean thinks) {
        return StreamTimeouts.of(this, thinks);
    }

    /** Sets the connect timeout. */
    public Timeouts connect(Duration connect) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** Sets the timeout until the first byte of a stream's body, or the first byte of a plain response. */
    public Timeouts firstToken(@Nullable Duration firstToken) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** Sets the timeout until the first content of a stream. */
    public Timeouts firstContent(@Nullable Duration firstContent) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** Sets the longest silence within a stream. */
    public Timeouts idle(@Nullable Duration idle) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** Sets the timeout of a plain attempt. */
    public Timeouts attempt(Duration attempt) {
        return new Timeouts(connect, firstToken, firstContent, idle, attempt);
    }

    /** Returns a copy with these per-call overrides applied. */
    public Timeouts with(RequestOptions overrides) {
        CallTimeouts own = overrides.timeouts();
        if (own.equals(CallTimeouts.NONE)) {
            return this;
        }
        return new Timeouts(
                own.connect() == null ? connect : own.connect(),
                own.firstToken() == null ? firstToken : own.firstToken(),
                own.firstContent() == null ? firstContent : own.firstContent(),
                own.idle() == null ? idle : own.idle(),
                own.attempt() == null ? attempt : own.attempt());
    }
}
