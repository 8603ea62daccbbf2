package io.aicore.spring.dashboard;

import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.dashboard.ObservabilityDashboard;
import io.aicore.spring.SettingsException;
import io.aicore.spring.observe.LlmObserversAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/**
 * Mounts the dashboard of the collector's records below {@code aicore.dashboard.path} in a WebFlux application, whose
 * own security controls access. Nothing is mounted without that property.
 */
@AutoConfiguration(after = LlmObserversAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ObservabilityDashboard.class, SimpleUrlHandlerMapping.class})
@ConditionalOnProperty(LlmDashboardAutoConfiguration.PATH)
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
public final class LlmDashboardAutoConfiguration {

    static final String PATH = "aicore.dashboard.path";

    @Bean
    @ConditionalOnMissingBean
    ObservabilityDashboard llmDashboard(
            ObjectProvider<LlmOperationCollector> collectors, @Value("${aicore.dashboard.token:}") String token) {
        @Nullable LlmOperationCollector collector = collectors.getIfUnique();
        if (collector == null) {
            throw new SettingsException(PATH + ": no records are configured (expected: aicore.records.url,"
                    + " aicore.records.use-application-database or a unique bean of type LlmOperationCollector)");
        }
        ObservabilityDashboard dashboard = ObservabilityDashboard.create(collector);
        try {
            return token.isEmpty() ? dashboard : dashboard.token(token);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("aicore.dashboard." + e.getMessage());
        }
    }

    @Bean
    DashboardMapping llmDashboardMapping(ObservabilityDashboard dashboard, @Value("${" + PATH + "}") String path) {
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new SettingsException(
                    PATH + ": '" + path + "' (expected: a path such as /llm, without a trailing slash)");
        }
        return new DashboardMapping(dashboard, path);
    }
}
