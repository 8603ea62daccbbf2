package io.aicore.llm.codec.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A JSON value, read by the names of its fields. No read throws: what is missing, or of another type, is null, empty or
 * 0. A path of names leads through nested objects; without one, a read applies to the value itself. Read each field
 * once and keep the result: a read may search the text anew.
 *
 * <p>Immutable. {@link #toString()} has nothing of the content, which may be a prompt or an answer.
 */
public final class JsonFields {

    /** No value at all, as a field that is not there. */
    public static final JsonFields MISSING = new JsonFields(MissingNode.getInstance());

    // So many digits always fit.
    private static final double MOST_WHOLE = 1e18;
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?\\d{1,18})(?:\\.\\d{0,18})?\\s*");

    private final JsonNode node;

    private JsonFields(JsonNode node) {
        this.node = node;
    }

    static JsonFields wrap(@Nullable JsonNode node) {
        return node == null || node.isMissingNode() ? MISSING : new JsonFields(node);
    }

    /**
     * A plain value.
     *
     * @param plain made of maps, lists, strings, numbers, booleans, nulls and {@link JsonFields}
     * @throws MalformedJsonException if it cannot be written as JSON
     */
    public static JsonFields of(@Nullable Object plain) {
        return wrap(Json.tree(plain));
    }

    JsonNode node() {
        return node;
    }

    /** The value of this field. */
    public JsonFields at(String name) {
        return wrap(node.path(name));
    }

    /** The value at this path. */
    public JsonFields at(String... path) {
        return path.length == 0 ? this : wrap(find(path));
    }

    /** The element of this array at this index, from 0. */
    public JsonFields at(int index) {
        return wrap(node.path(index));
    }

    /** Whether this object has the field, even with the value null. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** The elements of this array. */
    public List<JsonFields> elements() {
        if (!node.isArray() || node.isEmpty()) {
            return List.of();
        }
        List<JsonFields> elements = new ArrayList<>(node.size());
        node.values().forEach(element -> elements.add(wrap(element)));
        return Collections.unmodifiableList(elements);
    }

    /**
     * The elements of this array; an object in its place, as some hosts send it alone, is the only element, unless it is
     * empty.
     */
    public List<JsonFields> items() {
        return isObject() && !isEmpty() ? List.of(this) : elements();
    }

    /** The fields of this object, in its order. */
    public Map<String, JsonFields> members() {
        if (!node.isObject()) {
            return Map.of();
        }
        Map<String, JsonFields> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), wrap(member.getValue())));
        return Collections.unmodifiableMap(members);
    }

    /** The number of elements or fields. */
    public int size() {
        return node.size();
    }

    /** Whether there are no elements and no fields, as in a string or a number. */
    public boolean isEmpty() {
        return node.isEmpty();
    }

    /** Whether there is no value, not even null. */
    public boolean isMissing() {
        return node.isMissingNode();
    }

    /** Whether there is no value, or null. */
    public boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    /** Whether the value is null. */
    public boolean isNull() {
        return node.isNull();
    }

    /** Whether this is an object. */
    public boolean isObject() {
        return node.isObject();
    }

    /** Whether this is an array. */
    public boolean isArray() {
        return node.isArray();
    }

    /** Whether this is an object or an array. */
    public boolean isContainer() {
        return node.isContainer();
    }

    /** Whether this is a string. */
    public boolean isString() {
        return node.isString();
    }

    /** Whether this is a number. */
    public boolean isNumber() {
        return node.isNumber();
    }

    /** Whether this is true or false. */
    public boolean isBoolean() {
        return node.isBoolean();
    }

    /** Whether true is at this path, also as a string. */
    public boolean isTrue(String... path) {
        JsonNode found = find(path);
        return found.isBoolean()
                ? found.booleanValue()
                : found.isString() && found.stringValue().equals("true");
    }

    /** The string in this field; null without one. */
    public @Nullable String string(String name) {
        JsonNode found = node.path(name);
        return found.isString() ? found.stringValue() : null;
    }

    /** The string at this path; null without one. */
    public @Nullable String string(String... path) {
        JsonNode found = find(path);
        return found.isString() ? found.stringValue() : null;
    }

    /** The string in this field; empty without one. */
    public String text(String name) {
        String found = string(name);
        return found == null ? "" : found;
    }

    /** The string at this path; empty without one. */
    public String text(String... path) {
        String found = string(path);
        return found == null ? "" : found;
    }

    /** The string, number or boolean at this path as text; null without one. */
    public @Nullable String scalar(String... path) {
        JsonNode found = find(path);
        if (found.isString()) {
            return found.stringValue();
        }
        return found.isNumber() || found.isBoolean() ? Json.write(found) : null;
    }

    /** The number at this path; null without one. */
    public @Nullable Number number(String... path) {
        JsonNode found = find(path);
        return found.isNumber() ? found.numberValue() : null;
    }

    /**
     * The number at this path as an integer, fractions truncated, also if gateways send it as a string; null if there
     * is none or it has more than 18 digits, so that sums of several do not overflow.
     */
    public @Nullable Long whole(String... path) {
        JsonNode found = find(path);
        if (found.isString()) {
            Matcher number = NUMBER.matcher(found.stringValue());
            return number.matches() ? Long.valueOf(number.group(1)) : null;
        }
        if (!found.isNumber()) {
            return null;
        }
        double value = found.numberValue().doubleValue();
        return Math.abs(value) < MOST_WHOLE ? found.numberValue().longValue() : null;
    }

    /** The count at this path; 0 if there is none, or it is negative. */
    public long count(String... path) {
        Long found = whole(path);
        return found == null ? 0 : Math.max(0, found);
    }

    /** The index at this path; 0 without one. */
    public int index(String... path) {
        return (int) Math.min(count(path), Integer.MAX_VALUE);
    }

    /** The numbers of this array; NaN for an element that is not a number. */
    public float[] floats() {
        float[] values = new float[node.isArray() ? node.size() : 0];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = node.path(i);
            values[i] = value.isNumber() ? value.numberValue().floatValue() : Float.NaN;
        }
        return values;
    }

    /** A copy as plain maps, lists, strings, numbers and booleans; null for null or no value. */
    public @Nullable Object plain() {
        return Json.plain(node);
    }

    /** A copy of this object as plain values, in its order; empty if it is not an object. */
    public Map<String, Object> object() {
        return node.isObject() ? Json.copy(plain()) : new LinkedHashMap<>();
    }

    /** The fields of these names that are neither missing nor null, as plain values, in this order. */
    public Map<String, Object> present(List<String> names) {
        Map<String, Object> present = new LinkedHashMap<>();
        for (String name : names) {
            Object plain = at(name).plain();
            if (plain != null) {
                present.put(name, plain);
            }
        }
        return present;
    }

    /** The value as JSON text; empty if there is none. */
    public String raw() {
        return isMissing() ? "" : Json.write(node);
    }

    private JsonNode find(String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonFields that && node.equals(that.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    @Override
    public String toString() {
        return "JsonFields[" + node.getNodeType() + (node.isContainer() ? " of " + node.size() : "") + "]";
    }
}
