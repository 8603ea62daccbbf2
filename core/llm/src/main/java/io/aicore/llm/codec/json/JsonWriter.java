package io.aicore.llm.codec.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Writes plain values and trees in the order of their maps; what is neither goes to {@link OtherValues}. */
final class JsonWriter {

    private final JsonGenerator generator;

    JsonWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    void write(@Nullable Object value) {
        if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof TextMessage message) {
            write(message);
        } else if (value instanceof Map<?, ?> map && hasNamesOnly(map)) {
            generator.writeStartObject(map);
            map.forEach((name, member) -> {
                generator.writeName((String) name);
                write(member);
            });
            generator.writeEndObject();
        } else if (value instanceof Collection<?> elements) {
            generator.writeStartArray(elements, elements.size());
            elements.forEach(this::write);
            generator.writeEndArray();
        } else if (value instanceof JsonFields fields) {
            write(fields.node());
        } else if (value instanceof Boolean is) {
            generator.writeBoolean(is);
        } else if (value == null) {
            generator.writeNull();
        } else if (!(value instanceof Number number && isWritten(number))) {
            OtherValues.write(value, generator);
        }
    }

    private void write(TextMessage message) {
        generator.writeStartObject(message);
        generator.writeStringProperty("role", message.role());
        generator.writeStringProperty("content", message.content());
        generator.writeEndObject();
    }

    void write(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                generator.writeStartObject(node, node.size());
                node.properties().forEach(member -> {
                    generator.writeName(member.getKey());
                    write(member.getValue());
                });
                generator.writeEndObject();
            }
            case ARRAY -> {
                generator.writeStartArray(node, node.size());
                node.values().forEach(this::write);
                generator.writeEndArray();
            }
            case STRING -> generator.writeString(node.stringValue());
            case NUMBER -> write(node.numberValue());
            case BOOLEAN -> generator.writeBoolean(node.booleanValue());
            case NULL, MISSING -> generator.writeNull();
            case BINARY, POJO -> OtherValues.write(node, generator);
        }
    }

    private boolean isWritten(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            generator.writeNumber(number.intValue());
        } else if (number instanceof Long whole) {
            generator.writeNumber(whole.longValue());
        } else if (number instanceof Double fraction) {
            generator.writeNumber(fraction.doubleValue());
        } else if (number instanceof Float fraction) {
            generator.writeNumber(fraction.floatValue());
        } else if (number instanceof BigDecimal fraction) {
            generator.writeNumber(fraction);
        } else if (number instanceof BigInteger whole) {
            generator.writeNumber(whole);
        } else {
            return false;
        }
        return true;
    }

    /** Whether each key of this map is a string: the other kinds have forms of their own. */
    static boolean hasNamesOnly(Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                return false;
            }
        }
        return true;
    }
}
