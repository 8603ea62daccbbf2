package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON schema of a record, and a reader of JSON into it. Created once per class; immutable and thread-safe.
 *
 * <p>A component may be a string, a number, a boolean, an enum (by its names), a type of {@code java.time} in ISO 8601,
 * a UUID or URI, another record, or a List, Set, {@code Map<String, …>} or Optional of these. An Optional, or a
 * component with any annotation named {@code @Nullable}, may be null or missing; all others are required. The schema
 * follows the rules of strict modes: every field is listed under {@code required}, additional properties are not
 * allowed, and optional fields are a union with null. {@link Description} adds descriptions for the model.
 *
 * <p>Reading is lenient if the meaning is unambiguous: an enum's name in another case or with other separators, a
 * number or a boolean in a string, and a date or time with parts that the component does not have (a zone, a time of
 * day), which are dropped. Missing parts, such as a zone, are never invented, and no number is rounded.
 */
public final class RecordSchema<T> {

    private static final String FENCE = "```";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
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
     * Returns the schema of this record.
     *
     * @throws IllegalArgumentException if the class is not a record, contains itself, is nested deeper than ten
     *     records, or has a component type without a JSON schema, naming the component
     */
    @SuppressWarnings("unchecked") // computeValue() pairs every class with a schema of its type
    public static <T> RecordSchema<T> of(Class<T> type) {
        return (RecordSchema<T>) KNOWN.get(type);
    }

    /** The record's name in letters, digits, {@code _} and {@code -}, as providers accept it. */
    public String name() {
        String name = type.getSimpleName().replaceAll("[^A-Za-z0-9_-]", "_");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** The schema as nested maps, lists, strings and booleans; the order is fixed. */
    public Map<String, Object> schema() {
        return schema;
    }

    /** The schema as JSON. */
    public String text() {
        return new String(Json.write(schema), StandardCharsets.UTF_8);
    }

    /** Whether strict modes accept the schema: not with a map, whose keys a schema cannot list. */
    public boolean strict() {
        return fields.strict();
    }

    /**
     * Reads the record in this text: JSON, optionally in a code fence. Unknown fields are ignored.
     *
     * @throws SchemaMismatchException if it is not JSON, or does not match
     */
    public T decode(String text) {
        Reading reading = Reading.root();
        Object read = fields.read(tree(text), reading);
        if (!reading.fits()) {
            throw new SchemaMismatchException(reading.found());
        }
        return type.cast(Objects.requireNonNull(read));
    }

    /**
     * Reads the record in a model's answer, even with prose, thoughts or a code fence around the JSON, or in an array
     * of one element. Among several matches, the one with the most components by name is used, and of these the last:
     * earlier ones are drafts or examples. Text before {@code </think>} or {@code </thinking>} is used only if nothing
     * follows it.
     *
     * @throws SchemaMismatchException if there is no JSON, or none that matches
     */
    public T extract(String text) {
        Extraction best = null;
        for (JsonFields candidate : Candidates.in(text)) {
            Reading reading = Reading.root();
            Object read = fields.read(candidate, reading);
            Extraction next = new Extraction(read, fields.named(candidate), reading);
            best = best == null || next.isNoWorseThan(best) ? next : best;
        }
        if (best == null) {
            return decode(text);
        }
        if (!best.reading().fits()) {
            throw new SchemaMismatchException(best.reading().found());
        }
        return type.cast(Objects.requireNonNull(best.read()));
    }

    /**
     * @param named number of components present by name
     */
    private record Extraction(@Nullable Object read, int named, Reading reading) {

        boolean isNoWorseThan(Extraction other) {
            return reading.fits() == other.reading.fits() ? named >= other.named : reading.fits();
        }
    }

    private static JsonFields tree(String text) {
        try {
            return Json.readExact(unfenced(bare(text)));
        } catch (MalformedJsonException e) {
            throw new SchemaMismatchException(
                    List.of(new SchemaMismatch("$", "JSON and nothing else; it is " + e.getMessage(), null)));
        }
    }

    private static String bare(String text) {
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
    }

    /** Models put JSON between lines of {@code ```json} and {@code ```}, requested or not. */
    private static String unfenced(String text) {
        int firstLine = text.indexOf('\n');
        if (!text.startsWith(FENCE) || !text.endsWith(FENCE) || firstLine < 0) {
            return text;
        }
        return text.substring(firstLine, Math.max(firstLine, text.length() - FENCE.length()));
    }
}
