package io.aicore.testkit;

import io.aicore.llm.LlmConfigBuilder;
import io.aicore.retry.RetryEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Virtual time for one provider, and the first wait of its calls. */
final class Waits {

    private final KitTime time = new KitTime();
    private final CompletableFuture<Duration> chosen = new CompletableFuture<>();
    private final CompletableFuture<RetryEvent.Cancelled> cancelled = new CompletableFuture<>();

    LlmConfigBuilder in(LlmConfigBuilder config) {
        return config.scheduler(time).listener(event -> {
            if (event instanceof RetryEvent.RetryScheduled wait) {
                chosen.complete(wait.delay());
            } else if (event instanceof RetryEvent.Cancelled left) {
                cancelled.complete(left);
            }
        });
    }

    /** Waits until the first wait has begun; its length. */
    Duration first() {
        Duration length = get(chosen);
        time.awaitWait(length);
        return length;
    }

    /** Waits until the caller's leaving was noticed; whether that was during a wait. */
    boolean leftInAWait() {
        return get(cancelled).waiting();
    }

    void advance(Duration span) {
        time.advance(span);
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(Rig.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
