package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.JsonFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    public @Nullable Object read(JsonFields value, Reading at) {
        if (!value.isObject()) {
            return at.expected("an object");
        }
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        value.members().forEach((key, member) -> read.put(key, values.read(member, at.key(key))));
        return Collections.unmodifiableMap(read);
    }

    @Override
    public boolean strict() {
        return false;
    }
}
