package io.aicore.spring.observe;

import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.log.LlmCallLog;
import io.aicore.spring.LlmProviderAutoConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** With {@code aicore-observability}: the log of retries and failures, and records where {@code aicore.records.url} says. */
@AutoConfiguration(before = LlmProviderAutoConfiguration.class)
@ConditionalOnClass(LlmOperationCollector.class)
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
public final class LlmObserversAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LlmCallLog llmCallLog() {
        return LlmCallLog.create();
    }

    /** Spring waits for the Mono of its {@code close()} when the application ends. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    @ConditionalOnProperty("aicore.records.url")
    LlmOperationCollector llmOperationCollector(@Value("${aicore.records.url}") String url) {
        return LlmOperationCollector.at(url);
    }
}
