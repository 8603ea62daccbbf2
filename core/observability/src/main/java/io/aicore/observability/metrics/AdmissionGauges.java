package io.aicore.observability.metrics;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionSnapshot;
import io.aicore.limit.AdmissionSnapshot.GateState;
import io.aicore.llm.observe.CallStart;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallTag;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Gates, queues and retry budgets of the providers that calls have used. The key of a gate is no tag: where a model has
 * gates for several keys, their gauges show the gate that is closed longest, the lowest rate and all that wait. At most 40
 * models have gauges of their own.
 */
final class AdmissionGauges {

    private static final int MOST = 1_000;
    private static final int MOST_MODELS = 40;

    private record Address(String provider, Server server) {}

    private final MeterRegistry registry;
    private final Map<Address, ProviderLimits> providers = new ConcurrentHashMap<>();
    private final Map<CallScope, ProviderLimits> models = new ConcurrentHashMap<>();

    AdmissionGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void follow(LlmCallContext call) {
        CallStart start = call.start();
        if (start.admission() == null) {
            return;
        }
        CallScope scope = call.scope();
        ProviderLimits limits = models.get(scope);
        if (limits == null) {
            limits = begin(scope);
        }
        limits.follow(start.admission(), start.retryBudget());
    }

    private ProviderLimits begin(CallScope scope) {
        Address address = new Address(scope.provider(), scope.server());
        ProviderLimits limits = providers.get(address);
        if (limits == null) {
            limits =
                    providers.size() < MOST ? providers.computeIfAbsent(address, this::register) : new ProviderLimits();
        }
        if (!scope.modelTag().equals(BoundedNames.OTHER) && models.size() < MOST_MODELS) {
            ProviderLimits same = limits;
            return models.computeIfAbsent(scope, absent -> register(absent, same));
        }
        return limits;
    }

    private ProviderLimits register(Address address) {
        ProviderLimits limits = new ProviderLimits();
        Tags tags = tags(address.provider(), address.server());
        gauge(
                LlmMeterDocumentation.ADMISSION_WAITING,
                "Attempts that wait for a gate, its pace, a place or a circuit",
                limits,
                tags,
                now -> now.sum(AdmissionSnapshot::waiting));
        gauge(
                LlmMeterDocumentation.ADMISSION_IN_FLIGHT,
                "Attempts in flight",
                limits,
                tags,
                now -> now.sum(AdmissionSnapshot::inFlight));
        FunctionCounter.builder(
                        LlmMeterDocumentation.ADMISSION_REJECTED.getName(),
                        limits,
                        now -> now.sum(AdmissionSnapshot::rejected))
                .description("Attempts that were not admitted")
                .tags(tags)
                .register(registry);
        gauge(
                LlmMeterDocumentation.RETRY_BUDGET,
                "Retries that the calls to a provider may make now",
                limits,
                tags,
                now -> now.leastBudget());
        return limits;
    }

    private ProviderLimits register(CallScope scope, ProviderLimits limits) {
        String model = scope.modelTag();
        limits.model(model);
        Tags tags = tags(scope.provider(), scope.server()).and(CallTag.REQUEST_MODEL.asString(), model);
        gauge(
                LlmMeterDocumentation.GATE_CLOSED,
                "Seconds until the gate opens; 0 while it is open",
                limits,
                tags,
                now -> now.gates(model)
                        .mapToDouble(gate -> Seconds.exact(gate.closedFor()))
                        .max()
                        .orElse(0));
        gauge(
                LlmMeterDocumentation.GATE_RATE,
                "Attempts per second that the gate lets through; NaN without a limit",
                limits,
                tags,
                now -> now.gates(model).mapToDouble(AdmissionGauges::rate).min().orElse(Double.NaN));
        gauge(
                LlmMeterDocumentation.GATE_WAITING,
                "Attempts that wait at the gate",
                limits,
                tags,
                now -> now.gates(model).mapToDouble(GateState::waiting).sum());
        return limits;
    }

    /** Positive infinity is the neutral element of the minimum, and no number that a registry shows. */
    private static double rate(GateState gate) {
        Double pace = gate.pace();
        return pace == null ? Double.POSITIVE_INFINITY : pace;
    }

    private static Tags tags(String provider, Server server) {
        return Tags.of(
                CallTag.PROVIDER.asString(), provider,
                CallTag.SERVER_ADDRESS.asString(), server.address(),
                CallTag.SERVER_PORT.asString(), server.port());
    }

    private void gauge(
            LlmMeterDocumentation meter,
            String what,
            ProviderLimits limits,
            Tags tags,
            ToDoubleFunction<ProviderLimits> value) {
        Gauge.builder(meter.getName(), limits, now -> finite(value.applyAsDouble(now)))
                .description(what)
                .baseUnit(meter.getBaseUnit())
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static double finite(double value) {
        return Double.isInfinite(value) ? Double.NaN : value;
    }
}
