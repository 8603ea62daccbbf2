package io.aicore.llm.http;

import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The timers of one exchange. Each phase has its own; entering a phase ends the timer of the one before.
 *
 * <p>A stream is waited for until its body shows a first sign of life, then its silences are. Silence is measured only while
 * bytes are asked for, so that a caller who pauses does not time out. Its timer is set once per limit, not once per buffer:
 * when it fires it looks how long the silence has been and sets itself for the rest.
 */
final class Watch {

    private static final long NOT_WAITING = Long.MIN_VALUE;
    private static final long NOT_WRITTEN = Long.MIN_VALUE;
    private static final long JUST_WRITTEN = Duration.ofSeconds(1).toNanos();

    private final Scheduler timer;
    private final Timeouts timeouts;
    private final @Nullable StreamWaits stream;
    private final Faults faults;

    private final Sinks.Empty<Void> expired = Sinks.empty();
    private final AtomicReference<@Nullable LlmException> failure = new AtomicReference<>();
    private final Disposable.Swap attempt = Disposables.swap();
    private final Disposable.Swap connect = Disposables.swap();
    private final Disposable.Swap answer = Disposables.swap();
    private final Disposable.Swap silence = Disposables.swap();
    private volatile Phase phase = Phase.CONNECT;
    private volatile long silentSince = NOT_WAITING;
    private volatile long writtenAt = NOT_WRITTEN;
    private volatile boolean early;
    private volatile boolean alive;
    private volatile Duration idle = Duration.ZERO;

    /** @param stream how long a stream is waited for; null for a plain answer */
    Watch(Scheduler timer, Timeouts timeouts, @Nullable StreamWaits stream, Faults faults) {
        this.timer = timer;
        this.timeouts = timeouts;
        this.stream = stream;
        this.faults = faults;
    }

    /** Completes when a timer has run out. The first timers start when it is subscribed to. */
    Mono<Void> expired() {
        return expired.asMono().doOnSubscribe(s -> start());
    }

    /** The timeout; empty if no timer has run out. */
    <T> Mono<T> failure() {
        LlmException error = failure.get();
        return error == null ? Mono.empty() : Mono.error(error);
    }

    boolean hasExpired() {
        return failure.get() != null;
    }

    /** The timeout, if one has run out: it has ended the connection, and that end is no failure of its own. */
    Throwable timeoutOr(Throwable error) {
        LlmException timeout = failure.get();
        return timeout == null ? error : timeout;
    }

    Phase phase() {
        return phase;
    }

    private void start() {
        if (stream == null) {
            after(attempt, timeouts.attempt(), () -> expire(faults.attemptTimeout(phase, timeouts.attempt())));
        }
        connecting();
    }

    private void connecting() {
        after(connect, timeouts.connect(), () -> expire(faults.connectTimeout(timeouts.connect())));
    }

    /** The same request goes out on a new connection, for what is left of the attempt. */
    void again() {
        phase = Phase.CONNECT;
        writtenAt = NOT_WRITTEN;
        answer.update(Disposables.disposed());
        connecting();
    }

    /** There is a connection, and the request goes out. */
    void sent() {
        phase = Phase.FIRST_BYTE;
        connect.update(Disposables.disposed());
        Duration limit = stream == null ? timeouts.firstToken() : stream.firstToken();
        if (limit != null) {
            after(answer, limit, () -> firstByteExpired(limit));
        }
    }

    /** The whole request is on its way. */
    void written() {
        writtenAt = now();
    }

    /** Whether that is no longer than a second ago, or yet to come. */
    boolean justWritten() {
        return writtenAt == NOT_WRITTEN || now() - writtenAt <= JUST_WRITTEN;
    }

    /** The head of the answer is here. */
    void answered() {
        phase = Phase.BODY;
        early = writtenAt == NOT_WRITTEN;
        if (stream == null) {
            answer.dispose();
        }
    }

    /** Whether the answer began before the whole request was on its way. */
    boolean answeredEarly() {
        return early;
    }

    /** From now on the next bytes are waited for. */
    void waiting() {
        silentSince = now();
        if (stream != null && alive && stream.idle().compareTo(idle) < 0) {
            silenceBegins(stream);
        }
    }

    /** Bytes of the body came, and nobody has asked for more yet. */
    void arrived() {
        silentSince = NOT_WAITING;
        if (stream != null && !alive) {
            alive = true;
            answer.dispose();
            stream.alive();
            silenceBegins(stream);
        }
    }

    void stop() {
        attempt.dispose();
        connect.dispose();
        answer.dispose();
        silence.dispose();
    }

    private void firstByteExpired(Duration limit) {
        if (phase == Phase.BODY && silentSince == NOT_WAITING) {
            after(answer, limit, () -> firstByteExpired(limit));
        } else {
            expire(faults.firstByteTimeout(limit));
        }
    }

    private void silenceBegins(StreamWaits waits) {
        Duration limit = waits.idle();
        idle = limit;
        after(silence, limit, () -> silenceExpired(limit));
    }

    private void silenceExpired(Duration limit) {
        long since = silentSince;
        long nanos = Durations.nanos(limit);
        long left = since == NOT_WAITING ? nanos : nanos - (now() - since);
        if (left > 0) {
            after(silence, Duration.ofNanos(left), () -> silenceExpired(limit));
        } else {
            expire(faults.idleTimeout(limit));
        }
    }

    private void expire(LlmException error) {
        if (failure.compareAndSet(null, error)) {
            expired.tryEmitEmpty();
        }
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    private void after(Disposable.Swap slot, Duration delay, Runnable task) {
        slot.update(timer.schedule(task, Durations.nanos(delay), TimeUnit.NANOSECONDS));
    }
}
