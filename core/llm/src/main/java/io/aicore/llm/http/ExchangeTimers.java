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
 * The timers of one exchange. Each phase has its own; entering a phase stops the timer of the previous one.
 *
 * <p>A stream is timed until the first byte of its body, then its silences are. Silence is measured only while there is
 * demand, so that a caller who pauses does not time out. Its timer is set once per limit, not once per buffer: when it
 * fires it computes the current silence and is set again for the rest.
 */
final class ExchangeTimers {

    private static final long NOT_WAITING = Long.MIN_VALUE;
    private static final long NOT_WRITTEN = Long.MIN_VALUE;
    private static final long JUST_WRITTEN = Duration.ofSeconds(1).toNanos();

    private final Scheduler timer;
    private final Timeouts timeouts;
    private final @Nullable StreamWaits stream;
    private final TransportErrors faults;

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

    /**
     * @param stream timeouts of a stream; null for a plain response
     */
    ExchangeTimers(Scheduler timer, Timeouts timeouts, @Nullable StreamWaits stream, TransportErrors faults) {
        this.timer = timer;
        this.timeouts = timeouts;
        this.stream = stream;
        this.faults = faults;
    }

    /** Completes when a timer has fired. The first timers start on subscription. */
    Mono<Void> expired() {
        return expired.asMono().doOnSubscribe(s -> start());
    }

    /** The timeout; empty if no timer has fired. */
    <T> Mono<T> failure() {
        LlmException error = failure.get();
        return error == null ? Mono.empty() : Mono.error(error);
    }

    boolean hasExpired() {
        return failure.get() != null;
    }

    /** The timeout, if one has fired: it closed the connection, so that the connection error is only a consequence. */
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

    /** The same request is sent on a new connection, within the rest of the attempt. */
    void again() {
        phase = Phase.CONNECT;
        writtenAt = NOT_WRITTEN;
        answer.update(Disposables.disposed());
        connecting();
    }

    /** The connection is established and the request is being sent. */
    void sent() {
        phase = Phase.FIRST_BYTE;
        connect.update(Disposables.disposed());
        Duration limit = stream == null ? timeouts.firstToken() : stream.firstToken();
        if (limit != null) {
            after(answer, limit, () -> firstByteExpired(limit));
        }
    }

    /** The whole request was written. */
    void written() {
        writtenAt = now();
    }

    /** Whether the request was written within the last second, or is still being written. */
    boolean justWritten() {
        return writtenAt == NOT_WRITTEN || now() - writtenAt <= JUST_WRITTEN;
    }

    /** The head of the response has arrived. */
    void answered() {
        phase = Phase.BODY;
        early = writtenAt == NOT_WRITTEN;
        if (stream == null) {
            answer.dispose();
        }
    }

    /** Whether the response began before the whole request was written. */
    boolean answeredEarly() {
        return early;
    }

    /** There is demand for bytes. */
    void waiting() {
        silentSince = now();
        if (stream != null && alive && stream.idle().compareTo(idle) < 0) {
            silenceBegins(stream);
        }
    }

    /** Bytes of the body have arrived, and there is no further demand yet. */
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
