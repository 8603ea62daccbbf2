package io.aicore.llm.codec.json;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * Reads objects of a {@link JsonShape} from their bytes, without a tree: the values of the last one that fitted. Reused
 * for the events of one stream; not thread-safe.
 */
public final class ShapedJson {

    private static final int MISSING = -1;
    static final int MOST_DIGITS = 15;
    // Longer numbers are for the tree, which has its own limit.
    private static final int LONGEST_NUMBER = 100;

    private final JsonShape shape;
    // Of this object or an earlier one: most strings of a stream are the same in all its events.
    private final @Nullable String[] texts;
    private final long[] counts;
    // Which texts are of this object, one bit each.
    private long present;
    private @Nullable RepeatedJson last;
    // Plain values and trees.
    private @Nullable Object @Nullable [] values;
    private int positionInArray;
    private @Nullable Vectors vectors;

    /** Creates a reader of objects of this shape, which has read none. */
    public ShapedJson(JsonShape shape) {
        this.shape = shape;
        this.texts = new String[shape.slots()];
        this.counts = new long[shape.slots()];
    }

    /** The string in this slot; null if there was none. */
    public @Nullable String string(Enum<?> slot) {
        int place = JsonShape.place(slot);
        return (present & bit(place)) == 0 ? null : texts[place];
    }

    /** The plain value in this slot, made of maps, strings, numbers and booleans; null if there was none. */
    public @Nullable Object plain(Enum<?> slot) {
        int place = JsonShape.place(slot);
        return (present & bit(place)) == 0 || values == null ? null : values[place];
    }

    /** The tree in this slot; a missing node if there was none. */
    public JsonFields tree(Enum<?> slot) {
        return plain(slot) instanceof JsonFields tree ? tree : JsonFields.MISSING;
    }

    /** The string in this slot; empty if there was none. */
    public String text(Enum<?> slot) {
        String text = string(slot);
        return text == null ? "" : text;
    }

    /** The count in this slot; -1 if there was none. */
    public long count(Enum<?> slot) {
        return counts[JsonShape.place(slot)];
    }

    /** The count in this slot; 0 if there was none. */
    public long countOrZero(Enum<?> slot) {
        return Math.max(0, count(slot));
    }

    /** The index in this slot; 0 if there was none. */
    public int index(Enum<?> slot) {
        return (int) Math.min(countOrZero(slot), Integer.MAX_VALUE);
    }

    /** The embeddings, in their order; the arrays are not used again. */
    public List<float[]> vectors() {
        return vectors == null ? List.of() : vectors.all();
    }

    /**
     * Whether these bytes are one object of the shape, and nothing else; its values are read then. Never throws for
     * their content.
     */
    public boolean fits(byte[] bytes) {
        return fits(bytes, 0, bytes.length);
    }

    /**
     * As {@link #fits(byte[])}, for UTF-8 that is otherwise decoded before it is parsed: what is not valid, which a decoder
     * replaces and a parser may take, does not fit.
     *
     * @param from the first byte
     * @param to behind the last byte
     */
    public boolean fitsAsText(byte[] bytes, int from, int to) {
        RepeatedJson before = last;
        if (before == null) {
            before = new RepeatedJson();
            last = before;
        } else if (before.isIn(bytes, from, to, texts, counts)) {
            return true;
        }
        if (!Utf8.isObject(bytes, from, to) || !fits(bytes, from, to)) {
            return false;
        }
        before.keep(bytes, from, to);
        return true;
    }

    private boolean fits(byte[] bytes, int from, int to) {
        if (last != null) {
            last.begin();
        }
        present = 0;
        Arrays.fill(counts, MISSING);
        vectors = null;
        try (JsonParser parser = Tokens.STRICT.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            return parser.nextToken() == JsonToken.START_OBJECT && object(parser, shape) && parser.nextToken() == null;
        } catch (JacksonException e) {
            // Read again as a tree, which tells what is wrong.
            return false;
        }
    }

    private boolean object(JsonParser parser, JsonShape expected) {
        long seen = 0;
        while (true) {
            int index = parser.nextNameMatch(expected.matcher());
            if (index < 0) {
                return index == PropertyNameMatcher.MATCH_END_OBJECT
                        && (seen & expected.required()) == expected.required();
            }
            long bit = bit(index);
            if ((seen & bit) != 0 || !value(parser, expected.field(index))) {
                return false;
            }
            seen |= bit;
        }
    }

    private boolean value(JsonParser parser, JsonShape.Field field) {
        JsonToken token = parser.nextToken();
        return switch (field.kind()) {
            case TEXT ->
                token == JsonToken.VALUE_NULL || (token == JsonToken.VALUE_STRING && keep(parser, field.slot()));
            case COUNT ->
                token == JsonToken.VALUE_NULL || (token == JsonToken.VALUE_NUMBER_INT && count(parser, field.slot()));
            case SUM -> token == JsonToken.VALUE_NUMBER_INT && sum(parser, field.slot());
            case PLAIN -> token == JsonToken.VALUE_NULL || keep(PlainValues.read(parser, token, this), field.slot());
            case TREE -> keep(JsonFields.wrap(Trees.value(parser, token, false)), field.slot());
            case ZERO ->
                token == JsonToken.VALUE_NUMBER_INT && wholeNumber(parser) == 0 && told(RepeatedJson.FIXED, null);
            case FALSE -> token == JsonToken.VALUE_FALSE;
            case TRUE -> token == JsonToken.VALUE_TRUE;
            case NULL -> token == JsonToken.VALUE_NULL;
            case POSITION ->
                token == JsonToken.VALUE_NUMBER_INT
                        && wholeNumber(parser) == positionInArray
                        && told(RepeatedJson.FIXED, null);
            case ANY -> skipped(parser, token);
            case SCALAR -> isScalar(parser, token, RepeatedJson.IGNORED);
            case NOTHING -> isNothing(parser, token);
            case OBJECT -> token == JsonToken.VALUE_NULL ? !field.requiresSomething() : isObject(parser, token, field);
            case ONE ->
                token == JsonToken.START_ARRAY
                        && isObject(parser, parser.nextToken(), field)
                        && parser.nextToken() == JsonToken.END_ARRAY;
            case EACH -> token == JsonToken.START_ARRAY && each(parser, field);
            case VECTOR -> ofVectors().add(parser, token);
            case VECTORS -> token == JsonToken.START_ARRAY && ofVectors().addAll(parser);
        };
    }

    private Vectors ofVectors() {
        Vectors all = vectors == null ? new Vectors() : vectors;
        vectors = all;
        return all;
    }

    private boolean each(JsonParser parser, JsonShape.Field field) {
        positionInArray = 0;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (!isObject(parser, next, field)) {
                return false;
            }
            positionInArray++;
        }
        return positionInArray > 0;
    }

    private boolean isObject(JsonParser parser, JsonToken token, JsonShape.Field field) {
        return token == JsonToken.START_OBJECT && field.shape() != null && object(parser, field.shape());
    }

    /**
     * Whether this is a string, number, boolean or null.
     *
     * @param string what another string in its place means in the objects to come
     */
    boolean isScalar(JsonParser parser, JsonToken token, int string) {
        return (token == JsonToken.VALUE_STRING && told(string, null))
                || token == JsonToken.VALUE_NULL
                || token == JsonToken.VALUE_TRUE
                || token == JsonToken.VALUE_FALSE
                || ((token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT)
                        && parser.getStringLength() <= LONGEST_NUMBER
                        && told(RepeatedJson.FIXED, null));
    }

    /** Looks at each value on the way: the tree would not take a number that is too long. */
    private boolean skipped(JsonParser parser, JsonToken first) {
        int depth = 0;
        for (JsonToken token = first; ; token = parser.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token != JsonToken.PROPERTY_NAME && !isScalar(parser, token, RepeatedJson.IGNORED)) {
                return false;
            }
            if (depth == 0) {
                return true;
            }
        }
    }

    private boolean isNothing(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> true;
            case VALUE_STRING -> parser.getStringLength() == 0 && told(RepeatedJson.FIXED, null);
            case START_OBJECT -> parser.nextToken() == JsonToken.END_OBJECT;
            case START_ARRAY -> parser.nextToken() == JsonToken.END_ARRAY;
            default -> false;
        };
    }

    private boolean count(JsonParser parser, int slot) {
        counts[slot] = wholeNumber(parser);
        return counts[slot] >= 0 && told(slot, null);
    }

    private boolean sum(JsonParser parser, int slot) {
        long before = Math.max(0, counts[slot]);
        long number = wholeNumber(parser);
        counts[slot] = before + number;
        return number >= 0 && told(RepeatedJson.FIXED, null);
    }

    private boolean keep(@Nullable Object value, int slot) {
        Object[] all = values == null ? new Object[texts.length] : values;
        all[slot] = value;
        values = all;
        present |= bit(slot);
        return value != null;
    }

    private static long wholeNumber(JsonParser parser) {
        return parser.getStringLength() <= MOST_DIGITS ? parser.getLongValue() : MISSING;
    }

    private boolean keep(JsonParser parser, int slot) {
        String last = texts[slot];
        String text = last != null && isNext(parser, last) ? last : parser.getString();
        texts[slot] = text;
        present |= bit(slot);
        return told(slot, text);
    }

    private boolean told(int slot, @Nullable String text) {
        if (last != null) {
            last.value(slot, text);
        }
        return true;
    }

    private static long bit(int index) {
        return 1L << index;
    }

    private static boolean isNext(JsonParser parser, String expected) {
        int length = parser.getStringLength();
        if (length != expected.length()) {
            return false;
        }
        char[] characters = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        for (int i = 0; i < length; i++) {
            if (characters[offset + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
