package io.aicore.observability.metrics;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.micrometer.common.KeyValue;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A span of the OpenTelemetry bridge with typed attributes, and with attributes on events, as in the conventions. */
final class TypedSpan extends OtelSpan {

    private final @Nullable LlmCallEvent event;

    TypedSpan(OtelSpan span, @Nullable LlmCallEvent event) {
        super(span.context());
        this.event = event;
    }

    @Override
    public Span tag(String key, String value) {
        AttributeType type = AttributeType.of(key);
        if (type == null) {
            return super.tag(key, value);
        }
        // Meters need a value where nothing is known; a span has no such attribute.
        if (value.equals(KeyValue.NONE_VALUE)) {
            return this;
        }
        try {
            return switch (type) {
                case TEXT -> super.tag(key, value);
                case WHOLE -> tag(key, Long.parseLong(value));
                case DECIMAL -> tag(key, Double.parseDouble(value));
                case TRUTH -> tag(key, Boolean.parseBoolean(value));
                case LIST -> tagOfStrings(key, list(value));
            };
        } catch (IllegalArgumentException | MalformedJsonException ofAnotherConvention) {
            return super.tag(key, value);
        }
    }

    private static List<String> list(String value) {
        return value.startsWith("[")
                ? Json.read(value).elements().stream().map(TypedSpan::text).toList()
                : List.of(value);
    }

    private static String text(JsonFields element) {
        String text = element.scalar();
        if (text == null) {
            throw new IllegalArgumentException("no text, number or boolean");
        }
        return text;
    }

    @Override
    public Span event(String value) {
        if (event == null) {
            return super.event(value);
        }
        toOtel(this).addEvent(value, attributes(event));
        return this;
    }

    @Override
    public Span event(String value, long time, TimeUnit unit) {
        if (event == null) {
            return super.event(value, time, unit);
        }
        toOtel(this).addEvent(value, attributes(event), time, unit);
        return this;
    }

    private static Attributes attributes(LlmCallEvent event) {
        AttributesBuilder attributes = Attributes.builder();
        event.attributes().forEach((key, value) -> {
            if (value instanceof Long number) {
                attributes.put(key, number);
            } else if (value instanceof Double number) {
                attributes.put(key, number);
            } else {
                attributes.put(key, value.toString());
            }
        });
        return attributes.build();
    }
}
