package io.aicore.spring.actuate;

import io.aicore.internal.Seconds;
import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionSnapshot;
import io.aicore.limit.AdmissionSnapshot.GateState;
import io.aicore.limit.RetryBudget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds calls to a provider back. */
record ProviderAdmission(Admission admission, @Nullable RetryBudget budget) {

    /** As the endpoint shows it, times in seconds. */
    Map<String, Object> members() {
        AdmissionSnapshot now = admission.snapshot();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", now.name());
        members.put("inFlight", now.inFlight());
        members.put("waiting", now.waiting());
        members.put("rejected", now.rejected());
        double retries = budget == null ? Double.POSITIVE_INFINITY : budget.balance();
        add(members, "retryBudget", Double.isInfinite(retries) ? null : retries);
        Map<String, Object> gates = new TreeMap<>();
        now.gates().forEach((key, gate) -> gates.put(key, members(gate)));
        members.put("gates", gates);
        return members;
    }

    private static Map<String, Object> members(GateState gate) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("closedFor", gate.closedFor().toMillis() / 1_000.0);
        add(members, "rate", gate.pace());
        members.put("used", gate.used());
        members.put("waiting", gate.waiting());
        add(members, "remainingRequests", gate.remainingRequests());
        add(members, "remainingTokens", gate.remainingTokens());
        return members;
    }

    private static void add(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** The closed gates, and when they open. */
    Map<String, String> held() {
        AdmissionSnapshot now = admission.snapshot();
        Map<String, String> held = new TreeMap<>();
        now.gates().forEach((key, gate) -> {
            if (!gate.closedFor().isZero()) {
                held.put(
                        now.name() + " " + key,
                        "opens in " + Seconds.text(gate.closedFor()) + ", " + gate.waiting() + " waiting");
            }
        });
        return held;
    }
}
