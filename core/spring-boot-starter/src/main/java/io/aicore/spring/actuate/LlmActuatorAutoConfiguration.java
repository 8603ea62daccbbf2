package io.aicore.spring.actuate;

import io.aicore.spring.LlmProviderAutoConfiguration;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health of the circuits and the endpoint {@code aicore} for Boot's actuator. */
@AutoConfiguration(before = LlmProviderAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
public final class LlmActuatorAutoConfiguration {

    /** The health contributor {@code aicore}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ReactiveHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class HealthConfiguration {

        @Bean
        @ConditionalOnEnabledHealthIndicator("aicore")
        @ConditionalOnMissingBean(name = "aicoreHealthIndicator")
        ReactiveHealthIndicator aicoreHealthIndicator(
                CallMonitor calls,
                @Value("${aicore.health.out-of-service-when-open:false}") boolean outOfServiceWhenOpen) {
            return new LlmHealthIndicator(calls::circuits, calls::admissions, outOfServiceWhenOpen);
        }
    }

    /** The endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class EndpointConfiguration {

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean
        AiCoreEndpoint aicoreEndpoint(CallMonitor calls) {
            return new AiCoreEndpoint(calls);
        }
    }

    @Bean
    CallMonitor aicoreCallMonitor() {
        return new CallMonitor(Clock.systemUTC());
    }
}
