package io.aicore.spring;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Exports times over OTLP in seconds, as in OpenTelemetry's conventions, unless the application sets another unit. */
final class SecondsOverOtlp implements EnvironmentPostProcessor {

    static final String UNIT = "management.otlp.metrics.export.base-time-unit";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("aicoreDefaults", Map.of(UNIT, "seconds")));
    }
}
