package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.JsonFields;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param expected description of the expected value
 * @param reader returns null for any other value
 */
record Scalar(Map<String, Object> schema, String expected, Function<JsonFields, @Nullable Object> reader)
        implements Shape {

    @Override
    public @Nullable Object read(JsonFields value, Reading at) {
        Object read = reader.apply(value);
        return read == null ? at.expected(expected) : read;
    }

    @Override
    public boolean strict() {
        return true;
    }
}
