package io.aicore.spring;

import io.aicore.llm.LlmConfigBuilder;

/**
 * Customizes the configuration of the providers in code, overriding the properties. Beans of this type are called in
 * order, once per provider, at application start.
 */
@FunctionalInterface
public interface LlmConfigCustomizer {

    /**
     * Customizes the configuration of one provider.
     *
     * @param name name of the provider's bean: {@code llmProvider}, or the NAME of {@code aicore.providers.NAME}
     */
    void customize(String name, LlmConfigBuilder config);
}
