package io.aicore.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import reactor.core.scheduler.Scheduler;

/**
 * A registry with one {@link CredentialLatch} per credential, so that a rejected key does not stop calls with other
 * keys.
 *
 * <p>Keeps at most 1,000; beyond that the one that was not used for the longest time is removed with its count.
 * Thread-safe; blocks no longer than a map does.
 */
public final class CredentialLatches {

    private static final int MOST = 1_000;
    private static final float LOAD_FACTOR = 0.75f;

    private final String name;
    private final int threshold;
    private final Duration failFast;
    private final Scheduler scheduler;
    private final Map<String, CredentialLatch> latches = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CredentialLatch> longestUnused) {
            return size() > MOST;
        }
    };

    private CredentialLatches(String name, int threshold, Duration failFast, Scheduler scheduler) {
        this.name = name;
        this.threshold = threshold;
        this.failFast = failFast;
        this.scheduler = scheduler;
    }

    /** Latches that fail fast for 30 s after 5 rejections in a row. */
    public static CredentialLatches of(String name, Scheduler scheduler) {
        return of(name, CredentialLatch.REJECTIONS, CredentialLatch.FAIL_FAST, scheduler);
    }

    /**
     * Latches with this threshold and time.
     *
     * @param name name of each latch in messages: that of the provider, never of a credential
     */
    public static CredentialLatches of(String name, int threshold, Duration failFast, Scheduler scheduler) {
        return new CredentialLatches(name, threshold, failFast, Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * Returns the latch for this credential, creating it if needed.
     *
     * @param credential a name or a hash. It is kept, so it must not be the credential itself
     */
    public CredentialLatch get(String credential) {
        Objects.requireNonNull(credential, "credential");
        synchronized (latches) {
            return latches.computeIfAbsent(credential, any -> CredentialLatch.of(name, threshold, failFast, scheduler));
        }
    }
}
