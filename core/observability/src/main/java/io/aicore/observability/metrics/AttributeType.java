package io.aicore.observability.metrics;

import io.aicore.observability.metrics.LlmObservationDocumentation.AttemptDetail;
import io.aicore.observability.metrics.LlmObservationDocumentation.AttemptTag;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallDetail;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallTag;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of attributes in OpenTelemetry's conventions. Micrometer's key-values are text. */
enum AttributeType {
    TEXT,
    WHOLE,
    DECIMAL,
    TRUTH,
    /** A JSON array of texts, or one text. */
    LIST;

    private static final class Known {
        private static final Map<String, AttributeType> TYPES = types();
    }

    /** The type of this attribute; null if it is not part of this package. */
    static @Nullable AttributeType of(String key) {
        return Known.TYPES.get(key);
    }

    private static Map<String, AttributeType> types() {
        Map<String, AttributeType> types = new HashMap<>();
        for (CallTag each : CallTag.values()) {
            types.put(each.asString(), each.type());
        }
        for (CallDetail each : CallDetail.values()) {
            types.put(each.asString(), each.type());
        }
        for (AttemptTag each : AttemptTag.values()) {
            types.put(each.asString(), each.type());
        }
        for (AttemptDetail each : AttemptDetail.values()) {
            types.put(each.asString(), each.type());
        }
        return types;
    }
}
