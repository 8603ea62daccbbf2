package io.aicore.observability.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the known attributes of a span. */
final class SpanAttributes {

    private final List<KeyValue> known = new ArrayList<>();

    SpanAttributes add(KeyName name, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (!text.isEmpty()) {
            known.add(KeyValue.of(name, text));
        }
        return this;
    }

    KeyValues all() {
        return KeyValues.of(known);
    }
}
