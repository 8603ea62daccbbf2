package io.aicore.llm.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A fair semaphore with a bounded queue, for calls that pass no admission; a provider's calls have their places and their
 * one queue there.
 *
 * <p>In front of Reactor Netty's pool, because a call that is cancelled in that pool's queue keeps its position until
 * the queue's timeout (still so in 1.3.8: the subscriber of the acquisition is not cancelled).
 */
final class ConnectionPermits {

    private enum State {
        WAITING,
        GRANTED,
        LEFT
    }

    private final HttpSettings settings;
    private final TransportErrors faults;
    private final Scheduler timer;
    private final AtomicInteger free;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<Place> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();

    ConnectionPermits(HttpSettings settings, TransportErrors faults, Scheduler timer) {
        this.settings = settings;
        this.faults = faults;
        this.timer = timer;
        this.free = new AtomicInteger(settings.maxConnections());
    }

    /** A permit, or a position in the queue; must be released exactly when its call ends, in every way. */
    Place enter() {
        if (taken()) {
            return new Place(State.GRANTED);
        }
        if (waiting.incrementAndGet() > settings.maxPending()) {
            waiting.decrementAndGet();
            throw faults.queueFull();
        }
        Place place = new Place(State.WAITING);
        queue.add(place);
        grant();
        return place;
    }

    private boolean taken() {
        return free.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private void grant() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            while (!queue.isEmpty() && taken()) {
                Place next = queue.poll();
                if (next == null || !next.granted()) {
                    free.incrementAndGet();
                }
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    /** One call's permit. */
    final class Place {

        private final AtomicReference<State> state;
        private final Sinks.Empty<Void> turn = Sinks.empty();
        private volatile @Nullable Disposable waiter;

        private Place(State state) {
            this.state = new AtomicReference<>(state);
        }

        /**
         * Waits for the permit, unless this call has left.
         *
         * @param proceeds runs when the call may proceed
         * @param fails hears of the pending timeout
         */
        void await(Runnable proceeds, Consumer<Throwable> fails) {
            if (state.get() == State.GRANTED) {
                proceeds.run();
                return;
            }
            Disposable waits = turn.asMono()
                    .timeout(settings.pendingTimeout(), Mono.error(faults::queueTooSlow), timer)
                    .subscribe(nothing -> {}, fails, proceeds);
            waiter = waits;
            if (state.get() == State.LEFT) {
                waits.dispose();
            }
        }

        private boolean granted() {
            if (!state.compareAndSet(State.WAITING, State.GRANTED)) {
                return false;
            }
            waiting.decrementAndGet();
            // Nobody listens if the call was cancelled in this moment: it then leaves, as every call does.
            turn.tryEmitEmpty();
            return true;
        }

        /** Passes the permit, or the position in the queue, to the next call. */
        void leave() {
            State before = state.getAndSet(State.LEFT);
            Disposable waits = waiter;
            if (waits != null) {
                waits.dispose();
            }
            if (before == State.WAITING) {
                waiting.decrementAndGet();
                queue.remove(this);
            } else if (before == State.GRANTED) {
                free.incrementAndGet();
                grant();
            }
        }
    }
}
