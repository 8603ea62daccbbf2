package io.aicore.observability.metrics;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionSnapshot;
import io.aicore.limit.AdmissionSnapshot.GateState;
import io.aicore.limit.RetryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The admissions of a provider's instances with the same address; all but the last one as long as anybody else holds them. */
final class ProviderLimits {

    private final Map<Admission, @Nullable RetryBudget> known = new WeakHashMap<>();
    // How the keys of gates end that are of one model.
    private final Set<String> models = ConcurrentHashMap.newKeySet();
    // What most calls bring again: they take no lock.
    private volatile @Nullable Admission last;

    void follow(Admission admission, @Nullable RetryBudget budget) {
        if (admission != last) {
            synchronized (known) {
                known.put(admission, budget);
            }
            last = admission;
        }
    }

    double sum(ToDoubleFunction<AdmissionSnapshot> figure) {
        return admissions().stream()
                .map(Admission::snapshot)
                .mapToDouble(figure)
                .sum();
    }

    void model(String model) {
        models.add(" " + model);
    }

    /** The gates of this model, and those of all models. */
    Stream<GateState> gates(String model) {
        return admissions().stream()
                .flatMap(admission -> admission.snapshot().gates().entrySet().stream())
                .filter(gate ->
                        gate.getKey().endsWith(" " + model) || models.stream().noneMatch(gate.getKey()::endsWith))
                .map(Map.Entry::getValue);
    }

    /** Infinite without a bound. */
    double leastBudget() {
        synchronized (known) {
            return known.values().stream()
                    .mapToDouble(budget -> budget == null ? Double.POSITIVE_INFINITY : budget.balance())
                    .min()
                    .orElse(Double.POSITIVE_INFINITY);
        }
    }

    private List<Admission> admissions() {
        synchronized (known) {
            return new ArrayList<>(known.keySet());
        }
    }
}
