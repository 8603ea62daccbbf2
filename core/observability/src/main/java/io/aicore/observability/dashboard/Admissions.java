package io.aicore.observability.dashboard;

import io.aicore.limit.AdmissionSnapshot;
import io.aicore.limit.AdmissionSnapshot.GateState;
import io.aicore.observability.AdmissionState;
import io.aicore.observability.LlmOperationCollector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds calls of this process back now: a lane per gate, closed and crowded ones first. */
final class Admissions {

    private static final int MAX_LANES = 50;

    // A gate's key has a hash of its credential; so much of it tells two apart.
    private static final Pattern HASH = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");

    private final LlmOperationCollector collector;

    private record Lane(String admission, String gate, GateState state) {}

    Admissions(LlmOperationCollector collector) {
        this.collector = collector;
    }

    Map<String, @Nullable Object> now() {
        List<Map<String, @Nullable Object>> providers = new ArrayList<>();
        List<Lane> lanes = new ArrayList<>();
        for (AdmissionState state : collector.admissions()) {
            AdmissionSnapshot admission = state.admission();
            if (providers.size() < MAX_LANES) {
                providers.add(provider(state));
            }
            admission.gates().forEach((gate, now) -> lanes.add(new Lane(admission.name(), gate, now)));
        }
        lanes.sort(Comparator.comparing((Lane lane) -> lane.state().closedFor())
                .thenComparing(lane -> lane.state().waiting())
                .reversed()
                .thenComparing(Lane::admission)
                .thenComparing(Lane::gate));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("providers", providers);
        answer.put(
                "lanes", lanes.stream().limit(MAX_LANES).map(Admissions::shown).toList());
        answer.put("moreLanes", Math.max(0, lanes.size() - MAX_LANES));
        return answer;
    }

    private static Map<String, @Nullable Object> provider(AdmissionState state) {
        AdmissionSnapshot admission = state.admission();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", admission.name());
        shown.put("inFlight", admission.inFlight());
        shown.put("limit", admission.limit() == Integer.MAX_VALUE ? null : admission.limit());
        shown.put("waiting", admission.waiting());
        shown.put("rejected", admission.rejected());
        shown.put("budget", state.retryBudget());
        return shown;
    }

    private static Map<String, @Nullable Object> shown(Lane lane) {
        GateState state = lane.state();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("admission", lane.admission());
        shown.put("gate", HASH.matcher(lane.gate()).replaceAll("$1"));
        shown.put("closedFor", ViewModel.millis(state.closedFor()));
        shown.put("rate", state.pace());
        shown.put("used", state.used());
        shown.put("waiting", state.waiting());
        shown.put("remainingRequests", state.remainingRequests());
        shown.put("remainingTokens", state.remainingTokens());
        return shown;
    }
}
