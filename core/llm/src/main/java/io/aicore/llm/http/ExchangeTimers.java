package io.aicore.llm.http;

import static io.aicore.llm.internal.ExpiryTicks.NEVER;

import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.internal.ExpiryTicks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The timeouts of one exchange: instants, and no timers of its own. Each phase has its own; entering a phase ends the
 * previous one's.
 *
 * <p>A stream is timed until the first byte of its body, then its silences are. Silence is measured only while there is
 * demand, so that a caller who pauses does not time out.
 *
 * <p>Connecting is timed from when the event loop begins with it. While the event loop is late, so are the timeouts of a
 * connection, a first byte and a silence, by as much: a client that is short of CPU says nothing about its provider.
 */
final class ExchangeTimers implements ExpiryTicks.Expiring {

    private static final long NOT_WAITING = Long.MIN_VALUE;
    private static final long NOT_WRITTEN = Long.MIN_VALUE;
    // Then the connection can serve another call; a host that holds it open longer loses it.
    private static final Duration GOOD_ORDER = Duration.ofMillis(200);
    // A tenth of the time.
    private static final int BEHIND = 10;
    private static final long JUST_WRITTEN = Duration.ofSeconds(1).toNanos();

    /** What the exchange waits for, apart from its end. */
    private enum Wait {
        EVENT_LOOP,
        CONNECTION,
        FIRST_BYTE,
        BYTES,
        CLOSE,
        END
    }

    /** The exchange that is timed. */
    interface Timed {

        /** A timeout has passed. */
        void expired();

        /** The connection should have ended, and has not. */
        void overdue();
    }

    private static final AtomicReferenceFieldUpdater<ExchangeTimers, @Nullable LlmException> FAILURE =
            AtomicReferenceFieldUpdater.newUpdater(ExchangeTimers.class, LlmException.class, "failure");

    private final ExpiryTicks ticks;
    private final Timeouts timeouts;
    private final @Nullable StreamWaits stream;
    private final TransportErrors faults;

    private volatile @Nullable LlmException failure;
    private volatile @Nullable Timed exchange;
    private volatile LoopLag loop = LoopLag.NONE;
    private volatile boolean stopped;
    private volatile Phase phase = Phase.CONNECT;
    private volatile long writtenAt = NOT_WRITTEN;
    private volatile long attemptDue = NEVER;
    private volatile long began;
    private volatile long lateAtFirst;

    // A wait is written from the last of these to the first, and read from the first to the last.
    private volatile Wait wait = Wait.EVENT_LOOP;
    private volatile long silentSince = NOT_WAITING;
    private volatile long due = NEVER;
    private volatile long lateBefore;
    private volatile Duration limit = Duration.ZERO;

    /**
     * @param stream timeouts of a stream; null for a plain response
     */
    ExchangeTimers(ExpiryTicks ticks, Timeouts timeouts, @Nullable StreamWaits stream, TransportErrors faults) {
        this.ticks = ticks;
        this.timeouts = timeouts;
        this.stream = stream;
        this.faults = faults;
    }

    /** Starts the attempt's timeout. */
    void start(Timed exchange) {
        this.exchange = exchange;
        began = ticks.now();
        if (stream == null) {
            attemptDue = ticks.in(timeouts.attempt());
        }
        ticks.add(this);
        if (stopped) {
            ticks.remove(this);
        } else {
            ticks.notLaterThan(attemptDue);
        }
    }

    /** The timeout; null if none has passed. */
    @Nullable
    LlmException timeout() {
        return failure;
    }

    boolean hasExpired() {
        return failure != null;
    }

    /** The timeout, if one has passed: it closed the connection, so that the connection error is only a consequence. */
    Throwable timeoutOr(Throwable error) {
        LlmException timeout = failure;
        return timeout == null ? error : timeout;
    }

    Phase phase() {
        return phase;
    }

    /** The event loop begins to connect. */
    void connecting(LoopLag by) {
        if (wait == Wait.EVENT_LOOP) {
            runsOn(by);
            waits(Wait.CONNECTION, timeouts.connect());
        }
    }

    /** The same request is sent on a new connection, within the rest of the attempt. */
    void again() {
        phase = Phase.CONNECT;
        writtenAt = NOT_WRITTEN;
        wait = Wait.EVENT_LOOP;
    }

    /** The connection is established and the request is being sent. */
    void sent(LoopLag by) {
        phase = Phase.FIRST_BYTE;
        runsOn(by);
        Duration longest = stream == null ? timeouts.firstToken() : stream.firstToken();
        if (longest == null) {
            wait = Wait.END;
        } else {
            waits(Wait.FIRST_BYTE, longest);
        }
    }

    /** The whole request was written. */
    void written() {
        writtenAt = ticks.now();
    }

    /** Whether the request was written within the last second, or is still being written. */
    boolean justWritten() {
        return writtenAt == NOT_WRITTEN || ticks.now() - writtenAt <= JUST_WRITTEN;
    }

    /** The head of the response has arrived. */
    void answered() {
        phase = Phase.BODY;
        if (stream == null) {
            wait = Wait.END;
        }
    }

    /** There is demand for bytes. */
    void waiting() {
        if (stream == null) {
            return;
        }
        boolean silenceBegins = wait == Wait.BYTES;
        Duration longest = silenceBegins ? stream.idle() : limit;
        boolean shorter = longest.compareTo(limit) < 0;
        if (silenceBegins) {
            lateBefore = loop.nanos();
        }
        silentSince = ticks.now();
        if (shorter) {
            limit = longest;
            ticks.notLaterThan(ticks.in(longest));
        }
    }

    /** Bytes of the body have arrived, and there is no further demand yet. */
    void arrived() {
        if (stream == null) {
            return;
        }
        silentSince = NOT_WAITING;
        if (wait == Wait.FIRST_BYTE) {
            stream.alive();
            waits(Wait.BYTES, stream.idle());
        }
    }

    /** The last event of a stream has been read: its connection has a moment to end in good order. */
    void lastEventRead() {
        if (wait != Wait.CLOSE && wait != Wait.END) {
            waits(Wait.CLOSE, GOOD_ORDER);
        }
    }

    synchronized void stop() {
        runsOn(LoopLag.NONE);
        stopped = true;
        ticks.remove(this);
    }

    /** A cancelled exchange may still reach its event loop: it has left for good. */
    private synchronized void runsOn(LoopLag next) {
        if (stopped || next == loop) {
            return;
        }
        next.enter();
        loop.leave();
        loop = next;
        lateAtFirst = next.nanos();
    }

    @Override
    public long expire(long now) {
        if (stopped) {
            return NEVER;
        }
        if (now >= attemptDue) {
            return expired(evidence(faults.attemptTimeout(phase, timeouts.attempt())));
        }
        return Math.min(
                attemptDue,
                switch (wait) {
                    case EVENT_LOOP, END -> NEVER;
                    case CONNECTION -> expire(now, due, faults::connectTimeout);
                    case FIRST_BYTE -> firstByte(now);
                    case BYTES -> silence(now);
                    case CLOSE -> close(now);
                });
    }

    private long firstByte(long now) {
        if (phase == Phase.BODY && silentSince == NOT_WAITING && now >= due) {
            // Nobody has asked for a byte.
            due = now + ExpiryTicks.nanos(limit);
        }
        return expire(now, due, faults::firstByteTimeout);
    }

    private long silence(long now) {
        long since = silentSince;
        long longest = ExpiryTicks.nanos(limit);
        return since == NOT_WAITING ? now + longest : expire(now, since + longest, faults::idleTimeout);
    }

    private long close(long now) {
        if (now < due) {
            return due;
        }
        wait = Wait.END;
        tell(Timed::overdue);
        return NEVER;
    }

    private long expire(long now, long at, Function<Duration, LlmException> error) {
        long late = Math.max(0, loop.nanos() - lateBefore);
        return now >= at + late ? expired(error.apply(limit)) : at + late;
    }

    /** The attempt has its fixed end, and so have Netty's own timeouts: with a late event loop they prove nothing. */
    LlmException evidence(LlmException timeout) {
        boolean behind = (loop.nanos() - lateAtFirst) * BEHIND > ticks.now() - began;
        return behind || wait == Wait.EVENT_LOOP ? faults.ownFault(timeout) : timeout;
    }

    private long expired(LlmException error) {
        if (FAILURE.compareAndSet(this, null, error)) {
            tell(Timed::expired);
        }
        return NEVER;
    }

    private void tell(Consumer<Timed> news) {
        Timed timed = exchange;
        if (timed != null) {
            ticks.apart(() -> news.accept(timed));
        }
    }

    private void waits(Wait next, Duration longest) {
        limit = longest;
        lateBefore = loop.nanos();
        due = ticks.in(longest);
        wait = next;
        ticks.notLaterThan(due);
    }
}
