package io.aicore.observability;

import io.aicore.limit.Admission;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.observe.CallStart;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The admissions of the calls seen so far, the latest of each name. */
final class AdmissionWatch {

    private static final int MAX_ADMISSIONS = 1_000;

    private final Map<String, Followed> followed = new ConcurrentHashMap<>();

    private record Followed(Admission admission, @Nullable RetryBudget budget) {

        AdmissionState state() {
            double retries = budget == null ? Double.POSITIVE_INFINITY : budget.balance();
            return new AdmissionState(admission.snapshot(), Double.isInfinite(retries) ? null : retries);
        }
    }

    void follow(CallStart start) {
        Admission admission = start.admission();
        if (admission == null) {
            return;
        }
        Followed known = followed.get(admission.name());
        if (known == null ? followed.size() < MAX_ADMISSIONS : known.admission() != admission) {
            followed.put(admission.name(), new Followed(admission, start.retryBudget()));
        }
    }

    /** Sorted by name. */
    List<AdmissionState> states() {
        return new TreeMap<>(followed).values().stream().map(Followed::state).toList();
    }

    void close() {
        followed.clear();
    }
}
