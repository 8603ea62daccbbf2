package io.aicore.spring.actuate;

import io.aicore.limit.Admission;
import io.aicore.limit.CircuitBreaker;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryEvent;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Keeps the circuits of calls, at most {@value #MAX_CIRCUITS}, as many admissions, and the last {@value #MAX_FAILURES}
 * failures.
 */
final class CallMonitor implements CallObserver {

    static final int MAX_CIRCUITS = 1_000;
    static final int MAX_FAILURES = 20;

    private final Clock clock;
    private final Map<String, CircuitBreaker> circuits = new ConcurrentHashMap<>();
    private final Map<String, ProviderAdmission> admissions = new ConcurrentHashMap<>();
    private final Deque<CallFailure> failures = new ArrayDeque<>();

    CallMonitor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public CallObservation begin(CallStart start, ContextView context) {
        CircuitBreaker circuit = start.circuit();
        if (circuits.size() < MAX_CIRCUITS || circuits.containsKey(circuit.name())) {
            circuits.put(circuit.name(), circuit);
        }
        follow(start);
        return new CallObservation() {
            @Override
            public void onEvent(RetryEvent event) {}

            @Override
            public void ended(CallEnd end) {
                remember(end.error());
            }
        };
    }

    private void follow(CallStart start) {
        Admission admission = start.admission();
        if (admission == null) {
            return;
        }
        ProviderAdmission known = admissions.get(admission.name());
        if (known == null ? admissions.size() < MAX_CIRCUITS : known.admission() != admission) {
            admissions.put(admission.name(), new ProviderAdmission(admission, start.retryBudget()));
        }
    }

    private void remember(@Nullable Throwable error) {
        if (error instanceof LlmException failure) {
            CallFailure failed = CallFailure.of(clock.instant(), failure);
            synchronized (failures) {
                failures.addFirst(failed);
                if (failures.size() > MAX_FAILURES) {
                    failures.removeLast();
                }
            }
        }
    }

    /** Sorted by name. */
    Map<String, CircuitBreaker> circuits() {
        return new TreeMap<>(circuits);
    }

    /** Sorted by name. */
    List<ProviderAdmission> admissions() {
        return List.copyOf(new TreeMap<>(admissions).values());
    }

    /** The newest first. */
    List<CallFailure> failures() {
        synchronized (failures) {
            return new ArrayList<>(failures);
        }
    }
}
