package io.aicore.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import reactor.core.scheduler.Scheduler;

/**
 * One {@link CredentialLatch} per credential, so that a key which the provider rejects stops nobody else's calls.
 *
 * <p>At most 1,000 are kept; beyond that the one longest without a call goes, with what it had counted. Safe from any
 * thread; never blocks for longer than a map does.
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

    /**
     * Latches of this threshold and time.
     *
     * @param name of each of them, for messages: of the provider, never of a credential
     */
    public static CredentialLatches of(String name, int threshold, Duration failFast, Scheduler scheduler) {
        return new CredentialLatches(name, threshold, failFast, Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * The latch of this credential, made if it is new.
     *
     * @param credential a name or a hash: it is kept, so it must not be the credential itself
     */
    public CredentialLatch get(String credential) {
        Objects.requireNonNull(credential, "credential");
        synchronized (latches) {
            return latches.computeIfAbsent(credential, any -> CredentialLatch.of(name, threshold, failFast, scheduler));
        }
    }
}
