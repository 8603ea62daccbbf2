package io.aicore.spring;

import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.util.context.ContextView;

/**
 * Lets running calls end before their providers are closed: the application waits, at most
 * {@code spring.lifecycle.timeout-per-shutdown-phase}, after its web server has answered the last request.
 */
final class RunningCalls implements CallObserver, SmartLifecycle {

    // Below the web server's two: phases stop from the highest to the lowest.
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private int calls;
    private boolean started;
    private @Nullable Runnable stopped;

    @Override
    public synchronized CallObservation begin(CallStart start, ContextView context) {
        calls++;
        return new CallObservation() {
            @Override
            public void onEvent(RetryEvent event) {}

            @Override
            public void ended(CallEnd end) {
                RunningCalls.this.ended();
            }
        };
    }

    private void ended() {
        tell(afterEnd());
    }

    private synchronized @Nullable Runnable afterEnd() {
        calls--;
        return afterLast();
    }

    private synchronized @Nullable Runnable afterLast() {
        if (calls > 0) {
            return null;
        }
        Runnable waiting = stopped;
        stopped = null;
        return waiting;
    }

    @Override
    public void stop(Runnable callback) {
        synchronized (this) {
            started = false;
            stopped = callback;
        }
        tell(afterLast());
    }

    private static void tell(@Nullable Runnable callback) {
        if (callback != null) {
            callback.run();
        }
    }

    @Override
    public synchronized void start() {
        started = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public synchronized boolean isRunning() {
        return started;
    }

    /** A context that is paused between tests keeps its providers, so there is nothing to wait for. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
