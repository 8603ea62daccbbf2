package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MeterCacheTest {

    private static final KeyValues CALL = KeyValues.of("model", "model-1");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MeterCache<Failed, Counter> counters = new MeterCache<>(
            registry,
            failed -> Counter.builder("counter")
                    .tags(MeterTags.of(failed.call()).and("error.type", failed.error()))
                    .register(registry));

    private record Failed(KeyValues call, String error) {}

    @Test
    void callsThatAreAlikeShareAMeter() {
        counters.of(new Failed(CALL, "overloaded")).increment();
        counters.of(new Failed(KeyValues.of("model", "model-1"), "overloaded")).increment();

        assertThat(registry.get("counter")
                        .tags("model", "model-1", "error.type", "overloaded")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void callsThatDifferHaveMetersOfTheirOwn() {
        counters.of(new Failed(CALL, "overloaded")).increment();
        counters.of(new Failed(CALL, "timeout")).increment();
        counters.of(new Failed(KeyValues.of("model", "model-2"), "timeout")).increment();

        assertThat(registry.find("counter").counters()).hasSize(3).allMatch(each -> each.count() == 1);
    }

    @Test
    void aMeterThatWasRemovedIsMadeAnew() {
        counters.of(new Failed(CALL, "overloaded")).increment();
        registry.clear();
        counters.of(new Failed(CALL, "overloaded")).increment();

        assertThat(registry.get("counter").counter().count()).isEqualTo(1);
    }

    @Test
    void beyondTheBoundTheRegistryIsAsked() {
        for (int i = 0; i < 1_100; i++) {
            counters.of(new Failed(CALL, "error-" + i)).increment();
        }
        counters.of(new Failed(CALL, "error-1099")).increment();

        assertThat(registry.get("counter")
                        .tags("error.type", "error-1099")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
