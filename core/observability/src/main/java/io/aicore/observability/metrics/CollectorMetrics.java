package io.aicore.observability.metrics;

import io.aicore.observability.LlmOperationCollector;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;

/**
 * How full a collector's buffer is, and what became of its records: {@code new CollectorMetrics(collector)
 * .bindTo(meterRegistry)}. The registry does not keep the collector from being forgotten; the providers it observes do.
 */
public final class CollectorMetrics implements MeterBinder {

    private final LlmOperationCollector collector;

    /** Of this collector. One per registry: the meters have no tags. */
    public CollectorMetrics(LlmOperationCollector collector) {
        this.collector = Objects.requireNonNull(collector, "collector");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(LlmMeterDocumentation.COLLECTOR_BUFFERED.getName(), collector, LlmOperationCollector::buffered)
                .description("Calls that wait to be written")
                .register(registry);
        FunctionCounter.builder(
                        LlmMeterDocumentation.COLLECTOR_WRITTEN.getName(), collector, LlmOperationCollector::written)
                .description("Calls that were written")
                .register(registry);
        FunctionCounter.builder(
                        LlmMeterDocumentation.COLLECTOR_DROPPED.getName(), collector, LlmOperationCollector::dropped)
                .description("Calls that were dropped")
                .register(registry);
    }
}
