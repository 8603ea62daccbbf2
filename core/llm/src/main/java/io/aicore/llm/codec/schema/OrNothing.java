package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value or null. In a strict schema every field is required, so an absent value is null; a missing field means the
 * same.
 *
 * @param optional whether it is read as an {@link Optional}
 */
record OrNothing(Shape shape, boolean optional) implements Shape {

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>(shape.schema());
        if (shape instanceof Fields || shape instanceof TextMap) {
            return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
        }
        schema.put("type", List.of(String.valueOf(schema.get("type")), "null"));
        if (schema.get("enum") instanceof List<?> names) {
            List<@Nullable Object> orNull = new ArrayList<>(names);
            orNull.add(null);
            schema.put("enum", orNull);
        }
        return schema;
    }

    @Override
    public @Nullable Object read(JsonFields value, Reading at) {
        Object read = value.isNull() ? null : shape.read(value, at);
        return optional ? Optional.ofNullable(read) : read;
    }

    @Override
    public @Nullable Object missing(Reading at) {
        return optional ? Optional.empty() : null;
    }

    @Override
    public boolean strict() {
        return shape.strict();
    }
}
