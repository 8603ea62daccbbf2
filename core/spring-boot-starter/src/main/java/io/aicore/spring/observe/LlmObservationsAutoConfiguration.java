package io.aicore.spring.observe;

import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.metrics.CollectorMetrics;
import io.aicore.observability.metrics.LlmObservations;
import io.aicore.spring.LlmProviderAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Traces and metrics with the application's registries, without a second timer for the same calls. */
@AutoConfiguration(
        before = LlmProviderAutoConfiguration.class,
        after = LlmObserversAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({LlmObservations.class, ObservationRegistry.class, MeterRegistry.class})
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
public final class LlmObservationsAutoConfiguration {

    @Bean
    @ConditionalOnBean(ObservationRegistry.class)
    @ConditionalOnMissingBean
    LlmObservations llmObservations(ObservationRegistry observations, ObjectProvider<MeterRegistry> registries) {
        @Nullable MeterRegistry meters = registries.getIfAvailable();
        return meters == null ? LlmObservations.of(observations) : LlmObservations.of(observations, meters);
    }

    @Bean
    static MeterFilter llmWithoutSecondTimer() {
        return LlmObservations.withoutSecondTimer();
    }

    @Bean
    @ConditionalOnBean(LlmOperationCollector.class)
    @ConditionalOnMissingBean
    CollectorMetrics llmCollectorMetrics(LlmOperationCollector collector) {
        return new CollectorMetrics(collector);
    }
}
