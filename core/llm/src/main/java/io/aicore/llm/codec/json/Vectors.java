package io.aicore.llm.codec.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.NumberInput;

/** Reads vectors number by number: of hundreds of thousands in one answer, none is an object of its own. */
final class Vectors {

    private static final int FIRST_LENGTH = 16;
    private static final int MOST_DIGITS = 15;

    private final List<float[]> all = new ArrayList<>();
    // Those of one answer have the same length.
    private int length = FIRST_LENGTH;
    private byte[] base64 = {};

    List<float[]> all() {
        return Collections.unmodifiableList(all);
    }

    /** Reads the vectors of an array that has begun; false if there is none, or anything else among them. */
    boolean addAll(JsonParser parser) {
        int before = all.size();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (!add(parser, next)) {
                return false;
            }
        }
        return all.size() > before;
    }

    /** Reads one vector; false if it is none, or has no numbers, or one that is not finite. */
    boolean add(JsonParser parser, JsonToken token) {
        float[] vector = null;
        if (token == JsonToken.START_ARRAY) {
            vector = numbers(parser);
        } else if (token == JsonToken.VALUE_STRING) {
            vector = decoded(parser);
        }
        if (vector == null || vector.length == 0) {
            return false;
        }
        length = vector.length;
        return all.add(vector);
    }

    private float @Nullable [] numbers(JsonParser parser) {
        float[] values = new float[length];
        int count = 0;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            float value = number(parser, next);
            if (!Float.isFinite(value)) {
                return null;
            }
            values = count == values.length ? Arrays.copyOf(values, 2 * count) : values;
            values[count++] = value;
        }
        return count == values.length ? values : Arrays.copyOf(values, count);
    }

    /** By way of a double, as a tree has it; NaN if it is no number. */
    private static float number(JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            // Jackson's own getter makes a string of each number.
            return (float) NumberInput.parseDouble(
                    parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength(), true);
        }
        boolean whole = token == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= MOST_DIGITS;
        return whole ? (float) parser.getLongValue() : Float.NaN;
    }

    private float @Nullable [] decoded(JsonParser parser) {
        int size = parser.getStringLength();
        char[] characters = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        base64 = base64.length == size ? base64 : new byte[size];
        for (int i = 0; i < size; i++) {
            char character = characters[offset + i];
            // Any byte that is no base64, for a character that is none.
            base64[i] = character < 128 ? (byte) character : 0;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Read again as a tree, which tells what is wrong.
            return null;
        }
        return floats(bytes);
    }

    /** These little-endian 32-bit floats; null if one is not finite, or the last one is cut. */
    private static float @Nullable [] floats(byte[] bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return null;
            }
        }
        return bytes.length % Float.BYTES == 0 ? values : null;
    }
}
