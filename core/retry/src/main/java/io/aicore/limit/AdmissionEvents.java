package io.aicore.limit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/** Emits events to subscribers, one at a time; builds none without a subscriber. */
final class AdmissionEvents {

    private final Sinks.Many<AdmissionEvent> sink =
            Sinks.unsafe().many().multicast().directBestEffort();
    private final Queue<AdmissionEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger added = new AtomicInteger();

    void emit(Supplier<AdmissionEvent> event) {
        if (sink.currentSubscriberCount() == 0) {
            return;
        }
        queue.add(event.get());
        if (added.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (AdmissionEvent next = queue.poll(); next != null; next = queue.poll()) {
                tell(next);
            }
            missed = added.addAndGet(-missed);
        } while (missed != 0);
    }

    /** A subscriber that throws, against the specification, must not affect admission. */
    private void tell(AdmissionEvent event) {
        try {
            sink.tryEmitNext(event);
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            Operators.onErrorDropped(Guard.signal(thrown), Context.empty());
        }
    }

    Flux<AdmissionEvent> flux() {
        return sink.asFlux();
    }
}
