package io.aicore.observability.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event of a call's span, for handlers. Through the OpenTelemetry bridge of Micrometer Tracing the span's event
 * has these attributes; other tracers only get the name.
 *
 * @param name such as {@code aicore.retry}
 * @param attributes by {@link LlmObservationDocumentation.EventDetail}: text, {@code Long} or {@code Double}
 */
public record LlmCallEvent(String name, Map<String, Object> attributes) implements Observation.Event {

    public LlmCallEvent {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    LlmCallEvent with(KeyName key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(attributes);
        more.put(key.asString(), value);
        return new LlmCallEvent(name, more);
    }

    @Override
    public String getName() {
        return name;
    }
}
