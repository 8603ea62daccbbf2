package io.aicore.spring;

import io.aicore.llm.LlmProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

/**
 * Creates an {@link LlmProvider} for each {@code aicore.providers.NAME}, to be injected with
 * {@code @Qualifier("NAME")}, and closes it with the application. A bean of that name defined by the application
 * replaces it.
 */
@AutoConfiguration(after = LlmProviderAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
@Import(NamedProvidersRegistrar.class)
public final class NamedProvidersAutoConfiguration {}
