package io.aicore.llm.codec.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An object with keys chosen by the model. */
record TextMap(Shape values) implements Shape {

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", values.schema());
        return schema;
    }

    @Override
    public @Nullable Object read(JsonNode value, Reading at) {
        if (!value.isObject()) {
            return at.expected("an object");
        }
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        value.properties()
                .forEach(entry -> read.put(entry.getKey(), values.read(entry.getValue(), at.key(entry.getKey()))));
        return Collections.unmodifiableMap(read);
    }

    @Override
    public boolean strict() {
        return false;
    }
}
