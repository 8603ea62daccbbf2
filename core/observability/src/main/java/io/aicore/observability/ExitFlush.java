package io.aicore.observability;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Waits for the close of a collector, in a blocking caller or a JVM shutdown hook. After the close the JVM holds no
 * reference to it.
 */
final class ExitFlush {

    private static final Logger LOG = Loggers.getLogger(LlmOperationCollector.class);

    private static final Thread NONE = new Thread(() -> {}, "aicore-observability-none");

    private final Mono<Void> closing;
    private final Duration limit;
    private final Function<Throwable, String> why;
    private final AtomicReference<@Nullable Thread> hook = new AtomicReference<>();

    ExitFlush(boolean enabled, Mono<Void> closing, Duration limit, Function<Throwable, String> why) {
        this.closing = closing;
        this.limit = limit;
        this.why = why;
        if (!enabled) {
            hook.set(NONE);
        }
    }

    /** Adds the shutdown hook: there may be something to write. */
    void arm() {
        if (hook.get() != null) {
            return;
        }
        Thread thread = new Thread(this::closeAndWait, "aicore-observability-exit");
        thread.setContextClassLoader(null);
        if (hook.compareAndSet(null, thread)) {
            try {
                Runtime.getRuntime().addShutdownHook(thread);
            } catch (IllegalStateException ending) {
                // The JVM ends already: only a close of the program's own can write what comes now.
                hook.set(NONE);
                return;
            }
            if (hook.get() == NONE) {
                remove(thread);
            }
        }
    }

    /** Removes the shutdown hook. */
    void disarm() {
        Thread thread = hook.getAndSet(NONE);
        if (thread != null && thread != NONE) {
            remove(thread);
        }
    }

    /** Closes the collector; returns when it is closed, or after the timeout. */
    void closeAndWait() {
        try {
            closing.block(limit);
        } catch (RuntimeException e) {
            LOG.warn("the database of records did not close: {}", why.apply(Exceptions.unwrap(e)));
        }
    }

    private static void remove(Thread thread) {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException ending) {
            // The hook runs or has run: the JVM ends, and keeps nothing.
            return;
        }
    }
}
