package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.policy.Backoffs.Jitter;
import io.aicore.examples.lab.scenario.AiCoreSpec;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** All policies by name. */
public final class Policies {

    /** This library's own, with the settings of the scenario. */
    public static final String OURS = "aicore";

    private static final Map<String, Policy> ALL = new LinkedHashMap<>();

    static {
        ours(OURS, "this library: retries, budget, admission and circuit with the settings of the scenario", s -> s);
        rival("none", "one attempt, no retry", p -> new NoRetry());
        rival("exponential", "3 retries after 0.5, 1, 2 s", p -> new Backoffs(p, Jitter.NONE, false));
        rival("exponential-hint", "the same, not before Retry-After", p -> new Backoffs(p, Jitter.NONE, true));
        rival("full-jitter", "3 retries, AWS's full jitter", p -> new Backoffs(p, Jitter.FULL, false));
        rival("full-jitter-hint", "the same on top of Retry-After", p -> new Backoffs(p, Jitter.FULL, true));
        rival("decorrelated", "3 retries, AWS's decorrelated jitter", p -> new Backoffs(p, Jitter.DECORRELATED, false));
        rival("decorrelated-hint", "the same on top of Retry-After", p -> new Backoffs(p, Jitter.DECORRELATED, true));
        rival("aws-standard", "AWS SDK 2 retries, standard mode of November 2026 (its class)", AwsStandard::new);
        rival("failsafe", "Failsafe: retry policy and circuit breaker (its classes)", FailsafeRetry::new);
        rival("resilience4j", "Resilience4j: retry and circuit breaker (its classes)", Resilience4j::withDefaults);
        rival("resilience4j-tuned", "the same, open for 10 s, 429 ignored", Resilience4j::tuned);
        rival(
                "concurrency-limits",
                "Netflix concurrency-limits, AIMD (its classes), full jitter",
                ConcurrencyLimits::aimd);
        rival("concurrency-limits-gradient", "the same with Gradient2", ConcurrencyLimits::gradient);
        rival("grpc-throttle", "gRPC retry throttling, gRFC A6 (model)", GrpcThrottle::new);
        rival("sre-throttle", "SRE adaptive throttling, K 2, 120 s (model)", p -> new SreThrottle(p, 2, 120));
        rival("sre-throttle-tight", "the same, K 1.2, 30 s (model)", p -> new SreThrottle(p, 1.2, 30));
        rival("failsafe-go", "failsafe-go's adaptive throttler (model)", FailsafeGoThrottle::new);
        variant("aicore-interactive", "ours, preset interactive", s -> s.admission(AdmissionSettings.interactive()));
        variant("aicore-agent", "ours, preset agent", s -> s.admission(AdmissionSettings.agent()));
        variant("aicore-batch", "ours, preset batch", s -> s.admission(AdmissionSettings.batch()));
        variant("aicore-no-admission", "ours without gate, pace and queue", Policies::withoutAdmission);
        variant("aicore-no-circuit", "ours without circuit", Policies::withoutCircuit);
        variant("aicore-no-budget", "ours without budget", s -> s.budget(AiCoreSpec.Budget.OFF));
        variant(
                "aicore-retries-only",
                "ours: retries alone",
                s -> withoutAdmission(withoutCircuit(s)).budget(AiCoreSpec.Budget.OFF));
    }

    private Policies() {}

    private static AiCoreSpec withoutAdmission(AiCoreSpec spec) {
        return spec.admission(AdmissionSettings.disabled());
    }

    private static AiCoreSpec withoutCircuit(AiCoreSpec spec) {
        return spec.circuit(CircuitSettings.disabled());
    }

    private static void rival(String name, String description, Function<ProcessContext, Client> client) {
        ALL.put(name, new Policy(name, description, false, client));
    }

    private static void ours(String name, String description, UnaryOperator<AiCoreSpec> settings) {
        ALL.put(name, new Policy(name, description, false, client(settings)));
    }

    private static void variant(String name, String description, UnaryOperator<AiCoreSpec> settings) {
        ALL.put(name, new Policy(name, description, true, client(settings)));
    }

    private static Function<ProcessContext, Client> client(UnaryOperator<AiCoreSpec> settings) {
        return p -> new AiCoreClient(
                new ProcessContext(p.scheduler(), p.random(), settings.apply(p.aicore()), p.deadline(), p.streams()));
    }

    /** All of them, ours first. */
    public static List<Policy> all() {
        return List.copyOf(ALL.values());
    }

    /** Names of those that run without being asked for. */
    public static List<String> usual() {
        return ALL.values().stream()
                .filter(policy -> !policy.ablation())
                .map(Policy::name)
                .toList();
    }

    /**
     * The policy of this name.
     *
     * @throws IllegalArgumentException that lists the names
     */
    public static Policy of(String name) {
        Policy policy = ALL.get(name);
        if (policy == null) {
            throw new IllegalArgumentException(
                    "'" + name + "' (expected one of: " + String.join(", ", ALL.keySet()) + ")");
        }
        return policy;
    }
}
