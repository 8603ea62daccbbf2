package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Writes down what handlers are told. */
final class Recorded implements ObservationHandler<Observation.Context> {

    final List<Observation.Context> started = new CopyOnWriteArrayList<>();
    final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();
    final List<LlmCallEvent> events = new CopyOnWriteArrayList<>();

    static Recorded in(ObservationRegistry registry) {
        Recorded recorded = new Recorded();
        registry.observationConfig().observationHandler(recorded);
        return recorded;
    }

    @Override
    public void onStart(Observation.Context context) {
        started.add(context);
    }

    @Override
    public void onEvent(Observation.Event event, Observation.Context context) {
        events.add((LlmCallEvent) event);
    }

    @Override
    public void onStop(Observation.Context context) {
        stopped.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    LlmCallContext call() {
        List<LlmCallContext> calls = stopped.stream()
                .filter(LlmCallContext.class::isInstance)
                .map(LlmCallContext.class::cast)
                .toList();
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    List<LlmAttemptContext> attempts() {
        return stopped.stream()
                .filter(LlmAttemptContext.class::isInstance)
                .map(LlmAttemptContext.class::cast)
                .toList();
    }

    void nothingIsOpen() {
        assertThat(stopped).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(started);
    }

    static Map<String, String> tags(Observation.Context context) {
        return context.getAllKeyValues().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }
}
