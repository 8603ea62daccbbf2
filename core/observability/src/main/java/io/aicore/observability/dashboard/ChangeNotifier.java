package io.aicore.observability.dashboard;

import io.aicore.observability.LlmOperationCollector;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Notifies viewers of changes. Polls the database once for all of them, and only while there is one; so changes by
 * other processes are noticed too.
 */
final class ChangeNotifier {

    static final int MAX_VIEWERS = 100;
    static final Duration PERIOD = Duration.ofMillis(500);
    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String AWAY = "event: away\ndata: {}\n\n";

    private final Mono<String> mark;
    private final Scheduler scheduler;
    private final Flux<String> news;
    private final AtomicInteger viewers = new AtomicInteger();

    /** Notifies of changes of this mark. */
    ChangeNotifier(Mono<String> mark, Scheduler scheduler) {
        this.mark = mark;
        this.scheduler = scheduler;
        this.news = Flux.interval(Duration.ZERO, PERIOD, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> look(), 1)
                .distinctUntilChanged()
                .replay(1)
                .refCount();
    }

    /** The state of everything shown, as a text to compare. */
    static Mono<String> mark(LlmOperationCollector collector) {
        return collector.changeMark().map(written -> {
            Map<String, String> circuits = new TreeMap<>();
            collector
                    .circuits()
                    .forEach((name, circuit) ->
                            circuits.put(name, circuit.state().name()));
            return written.replaceAll("[^0-9-]", "") + "-" + collector.dropped() + "-"
                    + Integer.toHexString(circuits.hashCode());
        });
    }

    /** Whether another viewer is admitted, who must {@link #leave()}. */
    boolean enter() {
        if (viewers.incrementAndGet() > MAX_VIEWERS) {
            viewers.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        viewers.decrementAndGet();
    }

    int viewers() {
        return viewers.get();
    }

    /** Server-sent events: one now, one at each change, and a periodic comment against proxy timeouts. */
    Flux<String> events() {
        return Flux.merge(
                        news,
                        Flux.interval(HEARTBEAT, scheduler).onBackpressureDrop().map(tick -> ": still here\n\n"))
                .onBackpressureLatest();
    }

    private Mono<String> look() {
        return mark.timeout(PATIENCE, scheduler)
                .map(mark -> "event: change\ndata: {\"mark\":\"" + mark + "\"}\n\n")
                // Viewers see that the database does not respond; the next look may succeed.
                .onErrorReturn(AWAY);
    }
}
