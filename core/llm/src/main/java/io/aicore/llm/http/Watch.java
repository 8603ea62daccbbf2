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
 * <p>Silence is measured only while bytes are asked for, so that a caller who pauses does not time out. Its timer is set
 * once per limit, not once per buffer: when it fires it looks how long the silence has been and sets itself for the rest.
 */
final class Watch {

    private static final long NOT_WAITING = Long.MIN_VALUE;
    private static final long NOT_WRITTEN = Long.MIN_VALUE;
    private static final long JUST_WRITTEN = Duration.ofSeconds(1).toNanos();

    private final Scheduler timer;
    private final Timeouts timeouts;
    private final boolean stream;
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

    Watch(Scheduler timer, Timeouts timeouts, boolean stream, Faults faults) {
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
        if (!stream) {
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
        Duration limit = firstByte();
        if (limit != null) {
            after(answer, limit, () -> expire(faults.firstByteTimeout(limit)));
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
        answer.dispose();
        if (stream) {
            after(silence, timeouts.idle(), this::silenceExpired);
        }
    }

    /** Whether the answer began before the whole request was on its way. */
    boolean answeredEarly() {
        return early;
    }

    /** From now on the next bytes are waited for. */
    void waiting() {
        silentSince = now();
    }

    /** Bytes came, and nobody has asked for more yet. */
    void notWaiting() {
        silentSince = NOT_WAITING;
    }

    void stop() {
        attempt.dispose();
        connect.dispose();
        answer.dispose();
        silence.dispose();
    }

    private @Nullable Duration firstByte() {
        return stream ? timeouts.streamFirstToken() : timeouts.firstToken();
    }

    private void silenceExpired() {
        long since = silentSince;
        long limit = Durations.nanos(timeouts.idle());
        long left = since == NOT_WAITING ? limit : limit - (now() - since);
        if (left > 0) {
            after(silence, Duration.ofNanos(left), this::silenceExpired);
        } else {
            expire(faults.idleTimeout(timeouts.idle()));
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
