package io.aicore.llm.codec.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads and writes JSON: bytes to trees and maps to bytes. Reading is bounded (depth {@value #MAX_DEPTH}, strings of
 * {@value #MAX_STRING} characters, numbers of {@value #MAX_NUMBER}); writing keeps the order of maps, so that the
 * result is deterministic. The accessors never throw: a value that is missing or of another type is null.
 */
public final class Json {

    static final int MAX_DEPTH = 200;
    // An image or an encrypted reasoning item is one string: tens of megabytes are legitimate, the body limit comes
    // first.
    static final int MAX_STRING = 64 * 1024 * 1024;
    static final int MAX_NUMBER = 1_000;
    // So many digits always fit.
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?\\d{1,18})(?:\\.\\d{0,18})?\\s*");
    // Loaded with this class: the first use of a mapper takes a lock, for which no thread of a call must wait.
    private static final @Nullable String UNFIT = unfit();

    private Json() {}

    /**
     * The first tree in these bytes, ignoring what follows; a missing node if there is only white space.
     *
     * @throws MalformedJsonException if they are not JSON, are truncated, or exceed a limit
     */
    public static JsonNode read(byte[] bytes) {
        try {
            return orMissing(mapper().readTree(bytes));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /**
     * The first tree in this text, ignoring what follows; a missing node if there is only white space.
     *
     * @throws MalformedJsonException if it is not JSON, is truncated, or exceeds a limit
     */
    public static JsonNode read(String text) {
        try {
            return orMissing(mapper().readTree(text));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /**
     * As {@link #read(String)}, with exact decimal fractions: for user values such as prices.
     *
     * @throws MalformedJsonException if it is not JSON, is truncated, or exceeds a limit
     */
    public static JsonNode readExact(String text) {
        try {
            return orMissing(exact().readTree(text));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /**
     * This object as JSON, with its entries in the map's order. An unpaired surrogate becomes U+FFFD.
     *
     * @param object of maps, lists, strings, numbers, booleans, nulls and {@link JsonNode}s
     * @throws MalformedJsonException if it is nested too deeply, or contains a value without a JSON form
     */
    public static byte[] write(Map<String, ?> object) {
        try {
            return Surrogates.whole(mapper().writeValueAsBytes(object));
        } catch (JacksonException e) {
            throw new MalformedJsonException("cannot be written as JSON");
        }
    }

    /** This tree as JSON text. */
    public static String write(JsonNode node) {
        try {
            return mapper().writeValueAsString(node);
        } catch (JacksonException e) {
            throw new MalformedJsonException("cannot be written as JSON");
        }
    }

    /** This tree as plain maps, lists, strings, numbers and booleans. */
    public static @Nullable Object plain(JsonNode node) {
        try {
            return mapper().treeToValue(node, Object.class);
        } catch (JacksonException e) {
            throw new MalformedJsonException("cannot be read as plain values");
        }
    }

    /** Whether this text is one JSON object and nothing else, as a tool's arguments must be. */
    public static boolean isObject(String text) {
        try {
            return orMissing(alone().readTree(text)).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    /** The string at this path of names; null without one. */
    public static @Nullable String string(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isString() ? found.stringValue() : null;
    }

    /** The string at this path of names; empty without one. */
    public static String text(JsonNode node, String... path) {
        String found = string(node, path);
        return found == null ? "" : found;
    }

    /** The string, number or boolean at this path as text; null without one. */
    public static @Nullable String scalar(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        if (found.isString()) {
            return found.stringValue();
        }
        return found.isNumber() || found.isBoolean() ? found.toString() : null;
    }

    /**
     * The number at this path as an integer, fractions truncated, also if gateways send it as a string; null if there
     * is none or it is not finite.
     */
    public static @Nullable Long whole(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        if (found.isString()) {
            Matcher number = NUMBER.matcher(found.stringValue());
            return number.matches() ? Long.valueOf(number.group(1)) : null;
        }
        if (!found.isNumber()) {
            return null;
        }
        double value = found.numberValue().doubleValue();
        return Double.isFinite(value) && Math.abs(value) < Long.MAX_VALUE
                ? found.numberValue().longValue()
                : null;
    }

    /** The count at this path; 0 if there is none, or it is negative. */
    public static long count(JsonNode node, String... path) {
        Long found = whole(node, path);
        return found == null ? 0 : Math.max(0, found);
    }

    /** The index at this path; 0 without one. */
    public static int index(JsonNode node, String... path) {
        return (int) Math.min(count(node, path), Integer.MAX_VALUE);
    }

    /** The elements of this array; empty if it is not an array. */
    public static List<JsonNode> elements(JsonNode array) {
        return array.isArray() ? List.copyOf(array.values()) : List.of();
    }

    /** A copy of this object as plain values, in its order; empty if it is not an object. */
    public static Map<String, Object> object(JsonNode node) {
        return node.isObject() ? object(plain(node)) : new LinkedHashMap<>();
    }

    /** A copy of this plain object with names as text; empty if it is not an object. */
    public static Map<String, Object> object(@Nullable Object plain) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (plain instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> copy.put(String.valueOf(name), value));
        }
        return copy;
    }

    /** The node at this path; a missing node without one. */
    public static JsonNode at(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found;
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }

    private static MalformedJsonException malformed(JacksonException e) {
        // The library's own message quotes the content, which may be a prompt or an answer.
        TokenStreamLocation location = e.getLocation();
        return new MalformedJsonException(
                location == null
                        ? "not JSON"
                        : "not JSON from line " + location.getLineNr() + ", column " + location.getColumnNr());
    }

    private static @Nullable String unfit() {
        try {
            Mappers.warm();
            return null;
        } catch (LinkageError e) {
            return UnfitJackson.sentence(e);
        }
    }

    private static JsonMapper mapper() {
        fit();
        return Mappers.PLAIN;
    }

    private static ObjectReader exact() {
        fit();
        return Mappers.EXACT;
    }

    private static ObjectReader alone() {
        fit();
        return Mappers.ALONE;
    }

    /**
     * Returns where Jackson can be used.
     *
     * @throws IllegalStateException naming the artifact that stands in the way, and its version
     */
    public static void fit() {
        if (UNFIT != null) {
            throw new IllegalStateException(UNFIT);
        }
    }
}
