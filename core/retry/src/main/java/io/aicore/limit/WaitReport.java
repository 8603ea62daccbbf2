package io.aicore.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Tells the listener of one call that its attempt begins to wait, and afterwards how the wait ended. If the wait ends before
 * the listener has heard of its beginning, the thread that tells the beginning also tells the end.
 */
final class WaitReport {

    private static final Runnable TOLD = WaitReport::nothing;

    private final AdmissionListener listener;
    private final AdmissionEvent.WaitBegan began;
    private final AtomicReference<@Nullable Runnable> answer = new AtomicReference<>();

    WaitReport(AdmissionListener listener, AdmissionEvent.WaitBegan began) {
        this.listener = listener;
        this.began = began;
    }

    private static void nothing() {}

    void begin() {
        try {
            tell(began);
        } finally {
            Runnable arrived = answer.getAndSet(TOLD);
            if (arrived != null) {
                arrived.run();
            }
        }
    }

    /** Runs this after the beginning was told. */
    void then(Runnable told) {
        if (!answer.compareAndSet(null, told)) {
            told.run();
        }
    }

    void end(long waited, boolean admitted) {
        tell(new AdmissionEvent.WaitEnded(began.admission(), began.key(), Duration.ofNanos(waited), admitted));
    }

    private void tell(AdmissionEvent event) {
        try {
            listener.onAdmission(event);
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            Operators.onErrorDropped(Guard.signal(thrown), Context.empty());
        }
    }
}
