package io.aicore.examples.script;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.dashboard.ObservabilityDashboard;
import io.aicore.observability.log.LlmCallLog;
import io.aicore.observability.metrics.LlmObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/** Who sees what was retried: records and their dashboard, spans and meters, the log. */
public final class Seen {

    private Seen() {}

    // README: observe
    static LlmConfigBuilder observed(
            LlmOperationCollector collector, ObservationRegistry observations, MeterRegistry meters) {
        return LlmConfig.builder()
                .observer(collector) // a record of every call and attempt
                .observer(LlmObservations.of(observations, meters)) // spans and meters under OpenTelemetry's names
                .observer(LlmCallLog.create()); // a WARN for a retry, an ERROR for a call that gave up
    }

    static Mono<DisposableServer> dashboard(LlmOperationCollector collector) {
        return ObservabilityDashboard.create(collector).start(8080);
    }
    // README end
}
