package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
 *
 * <p>Reading is lenient where the meaning is plain: an enum's name in another case or with other separators, a number or a
 * boolean in a string, and a date or time that says more than the component holds (a zone, a time of day), which is left
 * out. What is missing, as a zone, is never made up, and no number is rounded.
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

    /**
     * The record in a model's answer, also where words, thoughts or a code fence stand around the JSON, or an array of one.
     * Among several that fit, the one that names the most components counts, and of these the last: what comes before a final
     * answer is a draft or an example. What stands before {@code </think>} or {@code </thinking>} counts only where nothing
     * follows it.
     *
     * @throws SchemaMismatchException if there is none, or none that fits
     */
    public T extract(String text) {
        Extraction best = null;
        for (JsonNode candidate : Candidates.in(text)) {
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

    /** @param named how many components stand there by name */
    private record Extraction(@Nullable Object read, int named, Reading reading) {

        boolean isNoWorseThan(Extraction other) {
            return reading.fits() == other.reading.fits() ? named >= other.named : reading.fits();
        }
    }

    private static JsonNode tree(String text) {
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

    /** Models put JSON between lines of {@code ```json} and {@code ```}, asked not to or not. */
    private static String unfenced(String text) {
        int firstLine = text.indexOf('\n');
        if (!text.startsWith(FENCE) || !text.endsWith(FENCE) || firstLine < 0) {
            return text;
        }
        return text.substring(firstLine, Math.max(firstLine, text.length() - FENCE.length()));
    }
}
