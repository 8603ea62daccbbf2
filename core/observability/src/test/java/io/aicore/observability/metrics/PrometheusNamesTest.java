package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.observability.LlmOperationCollector;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The names and units that Prometheus scrapes, by its own rules: base units as suffixes, counters with {@code _total}. */
class PrometheusNamesTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @TempDir
    Path directory;

    @Test
    void asConventions141HaveThem() {
        call(prometheus, GenAiConventions.V1_41);

        assertThat(scraped())
                .isEqualTo(Map.ofEntries(
                        Map.entry("gen_ai_client_operation_duration_seconds", "histogram"),
                        Map.entry("gen_ai_client_operation_time_to_first_chunk_seconds", "histogram"),
                        Map.entry("gen_ai_client_operation_time_per_output_chunk_seconds", "histogram"),
                        Map.entry("gen_ai_client_token_usage", "histogram"),
                        Map.entry("aicore_client_token_parts_total", "counter"),
                        Map.entry("aicore_client_retries_total", "counter"),
                        Map.entry("aicore_circuit_state", "gauge"),
                        Map.entry("aicore_admission_gate_closed_seconds", "gauge"),
                        Map.entry("aicore_admission_gate_rate", "gauge"),
                        Map.entry("aicore_admission_gate_waiting", "gauge"),
                        Map.entry("aicore_admission_waiting", "gauge"),
                        Map.entry("aicore_admission_in_flight", "gauge"),
                        Map.entry("aicore_admission_rejected_total", "counter"),
                        Map.entry("aicore_retry_budget", "gauge")));
        assertThat(value("gen_ai_client_token_usage_sum", "gen_ai_token_type=\"output\""))
                .isEqualTo(100);
        // The retry's wait of 1 s: seconds, whatever the registry's own unit is.
        assertThat(value("gen_ai_client_operation_duration_seconds_sum", "")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gen_ai_latest_experimental", "http, gen_ai_latest_experimental"})
    void asTheOnesOfGenAi010HaveThem(String optIn) {
        call(prometheus, GenAiConventions.of(Map.of(GenAiConventions.OPT_IN, optIn)));

        assertThat(scraped())
                .containsEntry("gen_ai_client_inference_duration_seconds", "histogram")
                .containsEntry("gen_ai_client_inference_time_to_first_chunk_seconds", "histogram")
                .containsEntry("gen_ai_client_inference_time_per_output_chunk_seconds", "histogram")
                .containsEntry("gen_ai_client_inference_operation_input_tokens", "histogram")
                .containsEntry("gen_ai_client_inference_operation_output_tokens", "histogram")
                .containsEntry("gen_ai_client_inference_usage_input_tokens_total", "counter")
                .containsEntry("gen_ai_client_inference_usage_output_tokens_total", "counter")
                .containsEntry("gen_ai_client_inference_usage_cache_read_input_tokens_total", "counter")
                .containsEntry("gen_ai_client_inference_usage_cache_write_input_tokens_total", "counter")
                .containsEntry("gen_ai_client_inference_usage_reasoning_output_tokens_total", "counter");
        assertThat(scraped().keySet()).noneMatch(name -> name.contains("__") || name.contains("operation_duration"));
    }

    @Test
    void theCollectorsOwn() {
        try (LlmOperationCollector collector =
                LlmOperationCollector.at(directory.resolve("calls").toString())) {
            new CollectorMetrics(collector).bindTo(prometheus);
            assertThat(scraped())
                    .isEqualTo(Map.of(
                            "aicore_collector_buffered",
                            "gauge",
                            "aicore_collector_written_total",
                            "counter",
                            "aicore_collector_dropped_total",
                            "counter"));
        }
    }

    @Test
    void besideAnotherRegistryTheNamesStay() {
        CompositeMeterRegistry both =
                new CompositeMeterRegistry(Clock.SYSTEM, Set.of(new SimpleMeterRegistry(), prometheus));
        call(both, GenAiConventions.V1_41);

        assertThat(scraped()).containsKey("gen_ai_client_token_usage");
    }

    @Test
    void aRegistryThatComesLaterToACompositeHasThemToo() {
        CompositeMeterRegistry empty = new CompositeMeterRegistry();
        LlmObservations observations = LlmObservations.of(ObservationRegistry.NOOP, empty);
        empty.add(prometheus);
        call(observations);

        assertThat(scraped()).containsKey("gen_ai_client_token_usage");
    }

    @Test
    void whereTheUnitStandsApartItIsTheConventions() {
        OtlpMeterRegistry otlp = OtlpMeterRegistry.builder(new OtlpConfig() {
                    @Override
                    public String get(String key) {
                        return key.equals("otlp.enabled") ? "false" : null;
                    }
                })
                .build();
        call(otlp, GenAiConventions.V1_41);

        assertThat(otlp.get("gen_ai.client.token.usage").summaries())
                .isNotEmpty()
                .extracting((DistributionSummary each) -> each.getId().getBaseUnit())
                .containsOnly("{token}");
        otlp.close();
    }

    private void call(MeterRegistry registry, GenAiConventions names) {
        call(LlmObservations.of(ObservationRegistry.NOOP, registry).conventions(names));
    }

    /** A stream of two chunks with content that is retried once. */
    private void call(LlmObservations observations) {
        ScriptedCalls calls = ScriptedCalls.onVirtualTime(time, config -> config.observer(observations))
                .fails(ScriptedCalls.overloaded())
                .then(Flux.concat(ScriptedCalls.answer().take(1), ScriptedCalls.answer()));
        StepVerifier.create(calls.stream(ScriptedCalls.PROMPT).then())
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyComplete();
    }

    /** The types of what is scraped, by name; Micrometer's own {@code _max} left out. */
    private Map<String, String> scraped() {
        return prometheus
                .scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" "))
                .filter(line -> !line[2].endsWith("_max"))
                .collect(Collectors.toMap(line -> line[2], line -> line[3]));
    }

    private double value(String name, String label) {
        Set<String> lines = prometheus
                .scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(lines).hasSize(1);
        return Stream.of(lines.iterator().next())
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
