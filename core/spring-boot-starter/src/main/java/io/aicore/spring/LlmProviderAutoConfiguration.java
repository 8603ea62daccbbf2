package io.aicore.spring;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.observe.CallObserver;
import io.aicore.retry.RetryListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Creates the {@link LlmProvider} configured by the properties below {@code aicore}, and closes it with the
 * application. Applies all {@link CallObserver}, {@link RetryListener} and {@link LlmConfigCustomizer} beans.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
public final class LlmProviderAutoConfiguration {

    @Bean
    static AiCoreProperties aicoreProperties(Environment environment, ResourceLoader resources) {
        StarterKeys.checkParts(environment, resources.getClassLoader());
        return AiCoreProperties.of(environment);
    }

    @Bean
    RunningCalls aicoreRunningCalls() {
        return new RunningCalls();
    }

    @Bean
    ProviderConfigs aicoreProviderConfigs(
            AiCoreProperties properties,
            ObjectProvider<CallObserver> observers,
            ObjectProvider<RetryListener> listeners,
            ObjectProvider<LlmConfigCustomizer> customizers) {
        return new ProviderConfigs(properties, observers, listeners, customizers);
    }

    @Bean
    @Conditional(OnDefaultProvider.class)
    @ConditionalOnMissingBean({LlmConfig.class, LlmProvider.class})
    LlmConfig llmConfig(ProviderConfigs configs) {
        return configs.defaultConfig();
    }

    /** Primary, so that it is injected by default if there are named providers too. */
    @Bean(ProviderConfigs.DEFAULT_NAME)
    @Primary
    @Conditional(OnDefaultProvider.class)
    @ConditionalOnMissingBean(LlmProvider.class)
    LlmProvider llmProvider(ProviderConfigs configs, LlmConfig config) {
        return configs.defaultProvider(config);
    }
}
