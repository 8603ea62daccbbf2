package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.JsonFields;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object with the components of a record as its fields. Other fields are ignored. */
record Fields(Constructor<?> constructor, @Nullable String description, List<Field> fields) implements Shape {

    /** One component. */
    record Field(String name, @Nullable String description, Shape shape) {

        Map<String, Object> schema() {
            if (description == null) {
                return shape.schema();
            }
            Map<String, Object> schema = new LinkedHashMap<>(shape.schema());
            schema.put("description", description);
            return schema;
        }
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), field.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (description != null) {
            schema.put("description", description);
        }
        schema.put("properties", properties);
        schema.put("required", fields.stream().map(Field::name).toList());
        schema.put("additionalProperties", false);
        return schema;
    }

    @Override
    public @Nullable Object read(JsonFields value, Reading at) {
        if (!value.isObject()) {
            return at.expected("an object");
        }
        @Nullable Object[] values = new @Nullable Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            Reading place = at.field(field.name());
            JsonFields given = value.at(field.name());
            values[i] = given.isMissing()
                    ? field.shape().missing(place)
                    : field.shape().read(given, place);
        }
        return at.fits() ? construct(values, at) : null;
    }

    /** Number of components present in this object by name. */
    int named(JsonFields value) {
        return (int) fields.stream().filter(field -> value.has(field.name())).count();
    }

    private @Nullable Object construct(@Nullable Object[] values, Reading at) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                // The constructor checks its values: what it says helps the model to mend them.
                String words = refusal instanceof IllegalArgumentException ? refusal.getMessage() : null;
                return at.expected("values that " + type() + " accepts", words);
            }
            throw new IllegalStateException(type() + " cannot be made", e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(type() + " cannot be made", e);
        }
    }

    private String type() {
        return constructor.getDeclaringClass().getSimpleName();
    }

    @Override
    public boolean strict() {
        return fields.stream().allMatch(field -> field.shape().strict());
    }
}
