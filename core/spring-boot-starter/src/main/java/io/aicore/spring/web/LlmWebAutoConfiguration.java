package io.aicore.spring.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.WebExceptionHandler;

/** Maps failed calls to problem details in a WebFlux application. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(WebExceptionHandler.class)
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
public final class LlmWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LlmExceptionHandler llmExceptionHandler() {
        return new LlmExceptionHandler();
    }
}
