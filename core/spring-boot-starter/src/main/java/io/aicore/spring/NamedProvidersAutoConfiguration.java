package io.aicore.spring;

import io.aicore.llm.LlmProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

/**
 * An {@link LlmProvider} for each {@code aicore.providers.NAME}, to be injected by {@code @Qualifier("NAME")}, closed with
 * the application. A bean of that name that the application defines itself takes its place.
 */
@AutoConfiguration(after = LlmProviderAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
@Import(NamedProvidersRegistrar.class)
public final class NamedProvidersAutoConfiguration {}
