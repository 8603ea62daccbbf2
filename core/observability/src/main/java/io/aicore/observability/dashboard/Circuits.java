package io.aicore.observability.dashboard;

import io.aicore.limit.CircuitMetrics;
import io.aicore.observability.CircuitChange;
import io.aicore.observability.LlmOperationCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The current circuits of this process, and the history of all processes. */
final class Circuits {

    static final int MAX_CHANGES = 5_000;
    private static final int MAX_LANES = 50;
    // How far back a state is looked for that held when the range began.
    private static final Duration BEFORE = Duration.ofDays(1);

    private final LlmOperationCollector collector;
    private final QueryLimit queries;

    private record Lane(String scope, String instance) {}

    Circuits(LlmOperationCollector collector, QueryLimit queries) {
        this.collector = collector;
        this.queries = queries;
    }

    Mono<Map<String, @Nullable Object>> in(Parameters.Range range) {
        return queries.all(collector.circuitChanges(range.from().minus(BEFORE), range.to(), MAX_CHANGES))
                .map(changes -> {
                    Map<Lane, List<Object>> lanes = new LinkedHashMap<>();
                    changes.forEach(change -> lanes.computeIfAbsent(
                                    new Lane(change.scope(), change.instance()), lane -> new ArrayList<>())
                            .add(shown(change)));
                    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
                    answer.put("from", range.from().toString());
                    answer.put("to", range.to().toString());
                    answer.put("now", now());
                    answer.put(
                            "lanes",
                            lanes.entrySet().stream()
                                    .limit(MAX_LANES)
                                    .map(this::shown)
                                    .toList());
                    answer.put("moreLanes", Math.max(0, lanes.size() - MAX_LANES));
                    answer.put("cut", changes.size() >= MAX_CHANGES);
                    return answer;
                });
    }

    private Map<String, Object> shown(Map.Entry<Lane, List<Object>> lane) {
        return Map.of(
                "scope", lane.getKey().scope(),
                "instance", lane.getKey().instance(),
                "here", lane.getKey().instance().equals(collector.instance()),
                "changes", lane.getValue());
    }

    private static Map<String, Object> shown(CircuitChange change) {
        return Map.of("at", change.at().toString(), "state", change.state().word());
    }

    private List<Object> now() {
        List<Object> circuits = new ArrayList<>();
        new TreeMap<>(collector.circuits()).forEach((scope, circuit) -> {
            if (circuits.size() < MAX_LANES) {
                circuits.add(shown(scope, circuit.metrics()));
            }
        });
        return circuits;
    }

    private static Map<String, @Nullable Object> shown(String scope, CircuitMetrics metrics) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("scope", scope);
        shown.put("state", metrics.state().word());
        shown.put("failureRate", metrics.failureRate());
        shown.put("calls", metrics.calls());
        shown.put("rejected", metrics.rejected());
        shown.put("since", ViewModel.millis(metrics.since()));
        shown.put("untilPermitted", ViewModel.millis(metrics.untilPermitted()));
        return shown;
    }
}
