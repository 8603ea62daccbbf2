package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import reactor.util.context.ContextView;

class ProviderBeansTest {

    private static final String[] THREE_LINES = {
        "aicore.provider=openai", "aicore.api_key=key-of-the-properties", "aicore.model=small"
    };

    private final ApplicationContextRunner context = variables(Map.of())
            .withConfiguration(
                    AutoConfigurations.of(LlmProviderAutoConfiguration.class, NamedProvidersAutoConfiguration.class));

    @Test
    void threePropertiesMakeAProvider() {
        context.withPropertyValues(THREE_LINES).run(started -> {
            assertThat(started).hasSingleBean(LlmProvider.class).hasSingleBean(LlmConfig.class);
            LlmConfig config = started.getBean(LlmConfig.class);
            assertThat(started.getBean(LlmProvider.class).name()).isEqualTo("openai");
            assertThat(config.model()).isEqualTo("small");
            assertThat(config.apiKey().reveal()).isEqualTo("key-of-the-properties");
        });
    }

    @Test
    void bothSpellingsAreReadAndDurationsAreSeconds() {
        context.withPropertyValues(THREE_LINES)
                .withPropertyValues(
                        "aicore.retry-settings.initial-delay=0.25",
                        "aicore.retry_settings.max_attempts=7",
                        "aicore.base-url=http://127.0.0.1:9/v1",
                        "aicore.headers.X-Team=blue")
                .run(started -> {
                    LlmConfig config = started.getBean(LlmConfig.class);
                    assertThat(config.retrySettings().initialDelay()).isEqualTo(Duration.ofMillis(250));
                    assertThat(config.retrySettings().maxRetries()).isEqualTo(7);
                    assertThat(config.baseUrl()).hasToString("http://127.0.0.1:9/v1");
                    assertThat(config.headers()).containsEntry("X-Team", "blue");
                });
    }

    @Test
    void placeholdersAreSprings() {
        context.withPropertyValues("aicore.api_key=${MY_KEY:of-the-default}", "aicore.model=${MY_MODEL:}")
                .run(started -> {
                    assertThat(started.getBean(LlmConfig.class).apiKey().reveal())
                            .isEqualTo("of-the-default");
                    assertThat(started.getBean(LlmConfig.class).model()).isNull();
                });
    }

    @Test
    void variablesStandBelowProperties() {
        variables(Map.of("LLM_MODEL", "of-the-variable", "LLM_MAX_TOKENS", "9", "OPENAI_API_KEY", "vendors"))
                .withConfiguration(AutoConfigurations.of(LlmProviderAutoConfiguration.class))
                .withPropertyValues("aicore.model=of-the-property")
                .run(started -> {
                    LlmConfig config = started.getBean(LlmConfig.class);
                    assertThat(config.model()).isEqualTo("of-the-property");
                    assertThat(config.maxTokens()).isEqualTo(9);
                    assertThat(config.apiKey().reveal()).isEqualTo("vendors");
                });
    }

    @Test
    void variablesOfThisPrefixAreSettingsAndThoseOfOthersAreNot() {
        variables(Map.of(
                        "AICORE_API_KEY", "of-the-variable",
                        "AICORE_MODEL", "of-the-variable",
                        "AICORE_RETRY_SETTINGS_MAX_ATTEMPTS", "5",
                        "AICORE_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "AICORE_SERVICE_HOST", "10.0.0.1",
                        "AICORE_PROVIDERS_QUICKONE_MODEL", "tiny"))
                .withConfiguration(AutoConfigurations.of(
                        LlmProviderAutoConfiguration.class, NamedProvidersAutoConfiguration.class))
                .withPropertyValues(
                        "aicore.api-key=of-the-property",
                        "aicore.providers.quick-one.provider=openai",
                        "aicore.providers.quick-one.api-key=k")
                .run(started -> {
                    LlmConfig config = started.getBean(LlmConfig.class);
                    // The runner's values stand above the variables, as command line arguments do.
                    assertThat(config.apiKey().reveal()).isEqualTo("of-the-property");
                    assertThat(config.model()).isEqualTo("of-the-variable");
                    assertThat(config.retrySettings().maxRetries()).isEqualTo(5);
                    assertThat(started.getBeanNamesForType(LlmProvider.class))
                            .containsExactlyInAnyOrder("llmProvider", "quick-one");
                });
    }

    @Test
    void namedProvidersAreInjectedByTheirNames() {
        context.withPropertyValues(
                        "aicore.providers.fast.provider=groq",
                        "aicore.providers.fast.api_key=a",
                        "aicore.providers.openai.api_key=b")
                .withUserConfiguration(Both.class)
                .run(started -> {
                    assertThat(started).doesNotHaveBean("llmProvider");
                    assertThat(started.getBean(Both.Names.class)).isEqualTo(new Both.Names("groq", "openai"));
                });
    }

    @Test
    void variablesOfThisLibraryGiveNoKeyToNamedProviders() {
        variables(Map.of("LLM_API_KEY", "of-another", "LLM_BASE_URL", "http://other.example"))
                .withConfiguration(AutoConfigurations.of(
                        LlmProviderAutoConfiguration.class, NamedProvidersAutoConfiguration.class))
                .withPropertyValues("aicore.providers.fast.provider=groq")
                .run(started -> assertThat(started.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("aicore.providers.fast.")
                        .hasMessageContaining("GROQ_API_KEY"));
    }

    @Test
    void theProviderWithoutANameIsPrimaryBesideNamedOnes() {
        context.withPropertyValues(THREE_LINES)
                .withPropertyValues("aicore.providers.fast.provider=groq", "aicore.providers.fast.api_key=a")
                .run(started -> {
                    assertThat(started.getBeansOfType(LlmProvider.class)).containsOnlyKeys("llmProvider", "fast");
                    assertThat(started.getBean(LlmProvider.class).name()).isEqualTo("openai");
                });
    }

    @Test
    void stepsAsideForAProviderOfTheApplication() {
        context.withUserConfiguration(OwnProvider.class).run(started -> {
            assertThat(started).hasSingleBean(LlmProvider.class).doesNotHaveBean(LlmConfig.class);
            assertThat(started.getBean(LlmProvider.class)).isSameAs(started.getBean("own"));
        });
    }

    @Test
    void stepsAsideForANamedProviderOfTheApplication() {
        context.withUserConfiguration(OwnProvider.class)
                .withPropertyValues("aicore.providers.own.provider=groq", "aicore.providers.own.api_key=a")
                .run(started ->
                        assertThat(started.getBean(LlmProvider.class).name()).isEqualTo("xai"));
    }

    @Test
    void stepsAsideForAConfigurationOfTheApplication() {
        context.withBean(
                        LlmConfig.class,
                        () -> LlmConfig.builder().apiKey("own").model("own").build())
                .withPropertyValues(THREE_LINES)
                .run(started -> {
                    assertThat(started).hasSingleBean(LlmProvider.class).hasSingleBean(LlmConfig.class);
                    assertThat(started.getBean(LlmConfig.class).model()).isEqualTo("own");
                });
    }

    @Test
    void observersListenersAndCustomizersOfTheApplicationArePartOfIt() {
        CallObserver observer = (start, caller) -> null;
        RetryListener listener = event -> {};
        context.withPropertyValues(THREE_LINES)
                .withBean(CallObserver.class, () -> observer)
                .withBean(RetryListener.class, () -> listener)
                .withBean(LlmConfigCustomizer.class, () -> (name, config) -> config.model("model-of-" + name))
                .run(started -> {
                    LlmConfig config = started.getBean(LlmConfig.class);
                    assertThat(config.observers()).contains(observer);
                    assertThat(config.listeners()).containsExactly(listener);
                    assertThat(config.model()).isEqualTo("model-of-llmProvider");
                });
    }

    @Test
    void wrongSettingsAreNamedAtTheStart() {
        assertFailure("aicore.api_keys=x", "aicore.api_keys: unknown (did you mean aicore.api_key?)");
        assertFailure("aicore.idle-timeout=30s", "aicore.idle-timeout: '30s' (expected: a number of seconds > 0");
        assertFailure("aicore.providers.fast=groq", "aicore.providers.fast: a single value");
        assertFailure("aicore.providers.fast.modle=x", "aicore.providers.fast.modle: unknown");
        assertFailure("aicore.enabled.really=x", "aicore.enabled.really: unknown (expected one of: aicore.enabled)");
        assertFailure("aicore.provider=opnai", "provider: 'opnai'");
    }

    private void assertFailure(String property, String message) {
        context.withPropertyValues("aicore.api_key=k")
                .withPropertyValues(property)
                .run(started -> {
                    assertThat(started).hasFailed();
                    assertThat(started.getStartupFailure()).hasStackTraceContaining(message);
                    assertThat(new SettingsFailureAnalyzer()
                                    .analyze(started.getStartupFailure())
                                    .getDescription())
                            .contains(message);
                });
    }

    @Test
    void canBeSwitchedOff() {
        context.withPropertyValues(THREE_LINES)
                .withPropertyValues("aicore.enabled=false", "aicore.providers.fast.provider=groq")
                .run(started -> assertThat(started).doesNotHaveBean(LlmProvider.class));
    }

    @Test
    void providersAreClosedWithTheApplication() {
        LlmProvider[] provider = new LlmProvider[2];
        context.withPropertyValues(THREE_LINES)
                .withPropertyValues("aicore.providers.fast.provider=groq", "aicore.providers.fast.api_key=a")
                .run(started -> {
                    provider[0] = started.getBean("llmProvider", LlmProvider.class);
                    provider[1] = started.getBean("fast", LlmProvider.class);
                    assertThat(provider).noneMatch(LlmProvider::isDisposed);
                });
        assertThat(provider).allMatch(LlmProvider::isDisposed);
    }

    @Test
    void observersAreClosedAfterTheProvidersWhoseLastCallsTheyRecord() {
        AtomicReference<LlmProvider> provider = new AtomicReference<>();
        AtomicBoolean disposedBefore = new AtomicBoolean();
        context.withPropertyValues(THREE_LINES)
                .withBean(
                        ClosedObserver.class,
                        () -> new ClosedObserver(
                                () -> disposedBefore.set(provider.get().isDisposed())))
                .run(started -> provider.set(started.getBean(LlmProvider.class)));

        assertThat(disposedBefore).isTrue();
    }

    private record ClosedObserver(Runnable onClose) implements CallObserver, AutoCloseable {

        @Override
        public CallObservation begin(CallStart start, ContextView context) {
            return new CallObservation() {
                @Override
                public void onEvent(RetryEvent event) {}

                @Override
                public void ended(CallEnd end) {}
            };
        }

        @Override
        public void close() {
            onClose.run();
        }
    }

    private static ApplicationContextRunner variables(Map<String, Object> variables) {
        return new ApplicationContextRunner()
                .withInitializer(application -> application
                        .getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource("systemEnvironment", variables)));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnProvider {
        @Bean
        LlmProvider own() {
            return Llm.from(LlmConfig.builder().provider("xai").apiKey("own").build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Both {
        record Names(String fast, String other) {}

        @Bean
        Names names(@Qualifier("fast") LlmProvider fast, @Qualifier("openai") LlmProvider other) {
            return new Names(fast.name(), other.name());
        }
    }
}
