package io.aicore.observability.metrics;

import io.aicore.observability.LlmOperationCollector;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;

/**
 * Buffer and results of a collector as meters: {@code new CollectorMetrics(collector).bindTo(meterRegistry)}. The
 * registry holds the collector weakly; the providers it observes hold it strongly.
 */
public final class CollectorMetrics implements MeterBinder {

    private final LlmOperationCollector collector;

    /** Creates the meters of this collector. One per registry: the meters have no tags. */
    public CollectorMetrics(LlmOperationCollector collector) {
        this.collector = Objects.requireNonNull(collector, "collector");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(LlmMeterDocumentation.COLLECTOR_BUFFERED.getName(), collector, LlmOperationCollector::buffered)
                .description("Calls waiting to be written")
                .register(registry);
        FunctionCounter.builder(
                        LlmMeterDocumentation.COLLECTOR_WRITTEN.getName(), collector, LlmOperationCollector::written)
                .description("Calls written")
                .register(registry);
        FunctionCounter.builder(
                        LlmMeterDocumentation.COLLECTOR_DROPPED.getName(), collector, LlmOperationCollector::dropped)
                .description("Calls dropped")
                .register(registry);
    }
}
