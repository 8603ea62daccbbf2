package io.aicore.observability.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.NamingConvention;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The unit of token meters in a registry. Micrometer's registry for Prometheus appends the unit to the name, which gives
 * {@code gen_ai_client_token_usage__token__sum} for {@code {token}}; OpenTelemetry's mapping to Prometheus drops units in
 * braces. Such registries get no unit.
 */
final class TokenUnit {

    private TokenUnit() {}

    /** The meter's unit; null if a registry would append it to the name, or for a composite without registries yet. */
    static @Nullable String of(LlmMeterDocumentation meter, MeterRegistry registry) {
        String unit = meter.getBaseUnit();
        List<MeterRegistry> leaves = leaves(registry).toList();
        return unit != null && !leaves.isEmpty() && leaves.stream().allMatch(leaf -> keepsApart(meter, unit, leaf))
                ? unit
                : null;
    }

    private static Stream<MeterRegistry> leaves(MeterRegistry registry) {
        return registry instanceof CompositeMeterRegistry several
                ? several.getRegistries().stream().flatMap(TokenUnit::leaves)
                : Stream.of(registry);
    }

    private static boolean keepsApart(LlmMeterDocumentation meter, String unit, MeterRegistry registry) {
        NamingConvention names = registry.config().namingConvention();
        Meter.Type type = meter.getType();
        return names.name(meter.getName(), type, unit).equals(names.name(meter.getName(), type, null));
    }
}
