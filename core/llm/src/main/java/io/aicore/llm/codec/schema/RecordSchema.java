package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.Json;
import io.aicore.llm.codec.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * The JSON schema of a record, and the reading of JSON into it. Made once per class; immutable and safe for any number of
 * threads.
 *
 * <p>A component may be a text, a number, a boolean, an enum (by its names), a type of {@code java.time} in ISO 8601, a
 * UUID or URI, another record, or a List, Set, {@code Map<String, …>} or Optional of these. An Optional, or a component with
 * any annotation {@code @Nullable}, may be null or left out; all others are required. The schema keeps to the rules of
 * strict modes: every field is named under {@code required}, none beside them is allowed, and what is optional is a union
 * with null. {@link Description} adds words for the model.
 */
public final class RecordSchema<T> {

    private static final String FENCE = "```";
    private static final int LONGEST_NAME = 64;

    private static final ClassValue<RecordSchema<?>> KNOWN = new ClassValue<>() {
        @Override
        protected RecordSchema<?> computeValue(Class<?> type) {
            return new RecordSchema<>(type, new ShapeReader().root(type));
        }
    };

    private final Class<T> type;
    private final Fields fields;
    private final Map<String, Object> schema;

    private RecordSchema(Class<T> type, Fields fields) {
        this.type = type;
        this.fields = fields;
        this.schema = Collections.unmodifiableMap(fields.schema());
    }

    /**
     * The schema of this record.
     *
     * @throws IllegalArgumentException if it is no record, holds itself, is nested deeper than ten records, or has a
     *     component that JSON schema cannot say, naming the component
     */
    @SuppressWarnings("unchecked") // computeValue() pairs every class with a schema of its type
    public static <T> RecordSchema<T> of(Class<T> type) {
        return (RecordSchema<T>) KNOWN.get(type);
    }

    /** The record's name in letters, digits, {@code _} and {@code -}: what providers take. */
    public String name() {
        String name = type.getSimpleName().replaceAll("[^A-Za-z0-9_-]", "_");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** The schema as nested maps, lists, strings and booleans, always in the same order. */
    public Map<String, Object> schema() {
        return schema;
    }

    /** The schema as JSON. */
    public String text() {
        return new String(Json.write(schema), StandardCharsets.UTF_8);
    }

    /** Whether strict modes take it: not with a map in it, whose keys no schema can name. */
    public boolean strict() {
        return fields.strict();
    }

    /**
     * The record in this text: JSON, perhaps in a code fence. Unknown fields are passed over.
     *
     * @throws SchemaMismatchException if it is no JSON, or does not fit
     */
    public T decode(String text) {
        Reading reading = Reading.root();
        Object read = fields.read(tree(text), reading);
        if (!reading.fits()) {
            throw new SchemaMismatchException(reading.found());
        }
        return type.cast(Objects.requireNonNull(read));
    }

    private static JsonNode tree(String text) {
        try {
            return Json.readExact(unfenced(text.strip()));
        } catch (MalformedJsonException e) {
            throw new SchemaMismatchException(
                    List.of(new SchemaMismatch("$", "JSON and nothing else; it is " + e.getMessage(), null)));
        }
    }

    /** Models put JSON between lines of {@code ```json} and {@code ```}, asked not to or not. */
    private static String unfenced(String text) {
        int firstLine = text.indexOf('\n');
        if (!text.startsWith(FENCE) || !text.endsWith(FENCE) || firstLine < 0) {
            return text;
        }
        return text.substring(firstLine, Math.max(firstLine, text.length() - FENCE.length()));
    }
}
