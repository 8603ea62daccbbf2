package io.aicore.spring.actuate;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/aicore}: circuits and admissions of the calls of this process, and the last failures. Times in seconds. */
@Endpoint(id = "aicore")
public final class AiCoreEndpoint {

    private final CallMonitor calls;

    AiCoreEndpoint(CallMonitor calls) {
        this.calls = calls;
    }

    /** Circuits, admissions and failures; the newest failure first. */
    @ReadOperation
    public Map<String, Object> calls() {
        List<Map<String, Object>> circuits =
                calls.circuits().values().stream().map(AiCoreEndpoint::members).toList();
        List<Map<String, Object>> admissions =
                calls.admissions().stream().map(ProviderAdmission::members).toList();
        List<Map<String, Object>> failures =
                calls.failures().stream().map(CallFailure::members).toList();
        return Map.of("circuits", circuits, "admissions", admissions, "failures", failures);
    }

    private static Map<String, Object> members(CircuitBreaker circuit) {
        CircuitMetrics now = circuit.metrics();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", circuit.name());
        members.put("state", now.state().word());
        members.put("since", now.since().toMillis() / 1_000.0);
        members.put("untilProbe", now.untilPermitted().toMillis() / 1_000.0);
        members.put("calls", now.calls());
        members.put("failureRate", now.failureRate());
        members.put("pending", now.pending());
        members.put("rejected", now.rejected());
        return members;
    }
}
