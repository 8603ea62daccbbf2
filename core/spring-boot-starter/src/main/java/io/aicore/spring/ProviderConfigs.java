package io.aicore.spring;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.observe.CallObserver;
import io.aicore.retry.RetryListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Creates configurations and providers from properties, with all observers, listeners and customizers of the
 * application.
 */
final class ProviderConfigs {

    static final String DEFAULT_NAME = "llmProvider";

    private static final String OURS = "LLM_";

    private final AiCoreProperties properties;
    private final ObjectProvider<CallObserver> observers;
    private final ObjectProvider<RetryListener> listeners;
    private final ObjectProvider<LlmConfigCustomizer> customizers;

    ProviderConfigs(
            AiCoreProperties properties,
            ObjectProvider<CallObserver> observers,
            ObjectProvider<RetryListener> listeners,
            ObjectProvider<LlmConfigCustomizer> customizers) {
        this.properties = properties;
        this.observers = observers;
        this.listeners = listeners;
        this.customizers = customizers;
    }

    static boolean isSetting(String name) {
        try {
            LlmConfig.builder().fromProperties("", Map.of(name, ""));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The configuration of the unnamed provider: properties, then {@code LLM_*} and the vendors' variables. */
    LlmConfig defaultConfig() {
        return orSettingsException(
                () -> built(DEFAULT_NAME, AiCoreProperties.PREFIX, properties.provider(), properties.variables()));
    }

    /** The unnamed provider. */
    LlmProvider defaultProvider(LlmConfig config) {
        return orSettingsException(() -> Llm.from(config));
    }

    /**
     * A named provider. {@code LLM_*} do not apply, because one provider's key would be sent to another; the vendors'
     * own variables do.
     */
    LlmProvider namedProvider(String name) {
        String prefix = AiCoreProperties.PREFIX + "." + AiCoreProperties.PROVIDERS + "." + name;
        Map<String, String> settings = new LinkedHashMap<>(properties.named().getOrDefault(name, Map.of()));
        settings.putIfAbsent("provider", name);
        Map<String, String> vendors = new LinkedHashMap<>(properties.variables());
        vendors.keySet().removeIf(variable -> variable.startsWith(OURS));
        return orSettingsException(() -> {
            LlmConfig config = built(name, prefix, settings, vendors);
            try {
                return Llm.from(config);
            } catch (IllegalArgumentException e) {
                throw new SettingsException(prefix + "." + e.getMessage());
            }
        });
    }

    private LlmConfig built(String name, String prefix, Map<String, String> settings, Map<String, String> variables) {
        LlmConfigBuilder config =
                LlmConfig.builder().fromProperties(prefix, settings).fromEnvironment(variables);
        observers.orderedStream().forEach(config::observer);
        listeners.orderedStream().forEach(config::listener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(name, config));
        return config.build();
    }

    /** Converts an invalid setting to the exception that is reported at application start without a stack trace. */
    private static <T> T orSettingsException(Supplier<T> made) {
        try {
            return made.get();
        } catch (SettingsException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            SettingsException invalid = new SettingsException(String.valueOf(e.getMessage()));
            invalid.initCause(e);
            throw invalid;
        }
    }
}
