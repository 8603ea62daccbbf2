package io.aicore.spring;

import io.aicore.llm.LlmConfigBuilder;

/**
 * Changes the configuration of the providers that properties describe, as code: what it says stands above the properties.
 * Beans of this type are asked in their order, once per provider, while the application starts.
 */
@FunctionalInterface
public interface LlmConfigCustomizer {

    /**
     * Changes one provider's configuration.
     *
     * @param name the provider's bean: {@code llmProvider}, or the NAME of {@code aicore.providers.NAME}
     */
    void customize(String name, LlmConfigBuilder config);
}
