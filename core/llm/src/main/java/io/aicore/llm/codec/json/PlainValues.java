package io.aicore.llm.codec.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a value that is kept as it is: a string, number or boolean, or an object of no more than these. */
final class PlainValues {

    private PlainValues() {}

    /** Null if it is none. */
    static @Nullable Object read(JsonParser parser, JsonToken token, ShapedJson whole) {
        return token == JsonToken.START_OBJECT ? object(parser, whole) : scalar(parser, token, whole);
    }

    /** The object whose fields come next, if they are all scalars; otherwise null. */
    private static @Nullable Map<String, Object> object(JsonParser parser, ShapedJson whole) {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Object value = scalar(parser, parser.nextToken(), whole);
            if (value == null || object.put(name, value) != null) {
                return null;
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT ? object : null;
    }

    /** A string, number or boolean; null if it is none, or a number that is too long. */
    private static @Nullable Object scalar(JsonParser parser, JsonToken token, ShapedJson whole) {
        if (token == JsonToken.VALUE_NULL || !whole.isScalar(parser, token, RepeatedJson.FIXED)) {
            return null;
        }
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> parser.getNumberValue();
        };
    }
}
