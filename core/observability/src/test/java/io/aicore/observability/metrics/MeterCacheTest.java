package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.observability.metrics.LlmMeterDocumentation.Tag;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterCacheTest {

    private static final KeyValues CALL = KeyValues.of("model", "model-1");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MeterCache<Counter> counters =
            new MeterCache<>(registry, Counter.builder("counter").withRegistry(registry), Tag.ERROR_TYPE);

    @Test
    void aMeterHasTheTagsOfTheCallAndTheFurtherOnes() {
        counters.of(CALL, List.of("overloaded")).increment();
        counters.of(KeyValues.of("model", "model-1"), List.of("overloaded")).increment();

        assertThat(registry.get("counter")
                        .tags("model", "model-1", "error.type", "overloaded")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void eachSetOfTagsHasAMeterOfItsOwn() {
        counters.of(CALL, List.of("overloaded")).increment();
        counters.of(CALL, List.of("timeout")).increment();
        counters.of(KeyValues.of("model", "model-2"), List.of("timeout")).increment();

        assertThat(registry.find("counter").counters()).hasSize(3).allMatch(each -> each.count() == 1);
    }

    @Test
    void aMeterThatWasRemovedIsMadeAnew() {
        counters.of(CALL, List.of("overloaded")).increment();
        registry.clear();
        counters.of(CALL, List.of("overloaded")).increment();

        assertThat(registry.get("counter").counter().count()).isEqualTo(1);
    }

    @Test
    void beyondTheBoundTheRegistryIsAsked() {
        for (int i = 0; i < 1_100; i++) {
            counters.of(CALL, List.of("error-" + i)).increment();
        }
        counters.of(CALL, List.of("error-1099")).increment();

        assertThat(registry.get("counter")
                        .tags("error.type", "error-1099")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
