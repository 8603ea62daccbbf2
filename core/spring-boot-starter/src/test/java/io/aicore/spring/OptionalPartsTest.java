package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.log.LlmCallLog;
import io.aicore.observability.metrics.CollectorMetrics;
import io.aicore.observability.metrics.LlmObservations;
import io.aicore.spring.actuate.AiCoreEndpoint;
import io.aicore.spring.actuate.LlmActuatorAutoConfiguration;
import io.aicore.spring.observe.LlmObservationsAutoConfiguration;
import io.aicore.spring.observe.LlmObserversAutoConfiguration;
import io.aicore.spring.web.LlmExceptionHandler;
import io.aicore.spring.web.LlmWebAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

class OptionalPartsTest {

    private static final AutoConfigurations ALL = AutoConfigurations.of(
            LlmProviderAutoConfiguration.class,
            NamedProvidersAutoConfiguration.class,
            LlmObserversAutoConfiguration.class,
            LlmObservationsAutoConfiguration.class,
            LlmWebAutoConfiguration.class,
            LlmActuatorAutoConfiguration.class);
    private static final String[] PROVIDER = {"aicore.api_key=k", "aicore.provider=openai", "aicore.model=m"};

    private final ApplicationContextRunner context = with(new ApplicationContextRunner());
    private final ReactiveWebApplicationContextRunner web = with(new ReactiveWebApplicationContextRunner());

    @Test
    void logsCallsAndKeepsNoRecordsByDefault() {
        context.run(started -> {
            assertThat(started.getBean(LlmConfig.class).observers()).contains(started.getBean(LlmCallLog.class));
            assertThat(started).doesNotHaveBean(LlmOperationCollector.class).doesNotHaveBean(LlmObservations.class);
        });
    }

    @Test
    void recordsWhereTheUrlSays() {
        context.withPropertyValues("aicore.records.url=r2dbc:h2:mem:///starter-records")
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .run(started -> {
                    assertThat(started).hasSingleBean(CollectorMetrics.class);
                    assertThat(started.getBean(LlmConfig.class).observers())
                            .contains(started.getBean(LlmOperationCollector.class));
                });
    }

    @Test
    void observesByTheRegistriesOfTheApplication() {
        context.withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(started -> {
                    assertThat(started.getBean(LlmConfig.class).observers())
                            .contains(started.getBean(LlmObservations.class));
                    assertThat(started.getBean(MeterFilter.class)).isSameAs(LlmObservations.withoutSecondTimer());
                });
    }

    @Test
    void observersOfTheApplicationTakeThePlaceOfOurs() {
        LlmObservations own = LlmObservations.of(ObservationRegistry.NOOP);
        LlmCallLog log = LlmCallLog.create();
        context.withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean("own", LlmObservations.class, () -> own)
                .withBean("log", LlmCallLog.class, () -> log)
                .run(started -> {
                    assertThat(started).hasSingleBean(LlmObservations.class).hasSingleBean(LlmCallLog.class);
                    assertThat(started.getBean(LlmConfig.class).observers()).contains(own, log);
                });
    }

    @Test
    void startsWithoutMicrometer() {
        without(MeterRegistry.class, ObservationRegistry.class)
                .run(started -> assertThat(started)
                        .hasSingleBean(LlmProvider.class)
                        .hasSingleBean(LlmCallLog.class)
                        .doesNotHaveBean("llmObservations"));
    }

    @Test
    void startsWithoutRecords() {
        without(LlmOperationCollector.class, LlmCallLog.class, LlmObservations.class)
                .run(started -> assertThat(started)
                        .hasSingleBean(LlmProvider.class)
                        .doesNotHaveBean("llmCallLog")
                        .doesNotHaveBean("llmObservations"));
    }

    @Test
    void startsWithoutActuator() {
        without(Endpoint.class, ReactiveHealthIndicator.class)
                .run(started -> assertThat(started)
                        .hasSingleBean(LlmProvider.class)
                        .doesNotHaveBean("aicoreEndpoint")
                        .doesNotHaveBean("aicoreHealthIndicator"));
    }

    @Test
    void theEndpointIsNotThereWhereNobodyExposesIt() {
        context.run(started -> assertThat(started).doesNotHaveBean(AiCoreEndpoint.class));
    }

    @Test
    void healthCanBeSwitchedOff() {
        context.run(started -> assertThat(started).hasSingleBean(ReactiveHealthIndicator.class));
        context.withPropertyValues("management.health.aicore.enabled=false")
                .run(started -> assertThat(started).doesNotHaveBean(ReactiveHealthIndicator.class));
    }

    @Test
    void failuresAreAnsweredInWebApplicationsAlone() {
        context.run(started -> assertThat(started).doesNotHaveBean(LlmExceptionHandler.class));
        web.run(started -> assertThat(started).hasSingleBean(LlmExceptionHandler.class));
    }

    @Test
    void allCanBeSwitchedOff() {
        web.withPropertyValues("aicore.enabled=false").run(started -> {
            assertThat(started)
                    .hasNotFailed()
                    .doesNotHaveBean(LlmCallLog.class)
                    .doesNotHaveBean(LlmExceptionHandler.class);
            assertThat(started).doesNotHaveBean(ReactiveHealthIndicator.class);
        });
    }

    private ApplicationContextRunner without(Class<?>... classes) {
        return context.withClassLoader(new FilteredClassLoader(classes));
    }

    private static <T extends AbstractApplicationContextRunner<T, ?, ?>> T with(T runner) {
        return runner.withConfiguration(ALL).withPropertyValues(PROVIDER);
    }
}
