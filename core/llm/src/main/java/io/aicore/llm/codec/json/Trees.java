package io.aicore.llm.codec.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees of JSON, from tokens and from plain values, equal to those of Jackson's mapper: loading a mapper takes half a second of
 * CPU, and only {@link OtherValues} need it.
 */
final class Trees {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Trees() {}

    /** The first value of this parser, which the caller closes; a missing node if there is only white space. */
    static JsonNode first(JsonParser parser, boolean exact) {
        JsonToken token = parser.nextToken();
        return token == null ? MissingNode.getInstance() : value(parser, token, exact);
    }

    /** The value that begins with this token. */
    static JsonNode value(JsonParser parser, JsonToken token, boolean exact) {
        return switch (token) {
            case START_OBJECT -> object(parser, exact);
            case START_ARRAY -> array(parser, exact);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT ->
                exact && !parser.isNaN()
                        ? NODES.numberNode(parser.getDecimalValue())
                        : NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new IllegalStateException("no JSON value begins with " + token);
        };
    }

    private static JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static ObjectNode object(JsonParser parser, boolean exact) {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            object.set(name, value(parser, parser.nextToken(), exact));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser, boolean exact) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token, exact));
        }
        return array;
    }

    /**
     * This plain value as a tree.
     *
     * @throws MalformedJsonException if it is nested too deeply, or contains a value without a JSON form
     */
    static JsonNode of(@Nullable Object plain) {
        return of(plain, 0);
    }

    private static JsonNode of(@Nullable Object plain, int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw new MalformedJsonException("cannot be written as JSON");
        }
        if (plain instanceof String text) {
            return NODES.stringNode(text);
        }
        if (plain instanceof Number number) {
            return number(number);
        }
        if (plain instanceof Boolean is) {
            return NODES.booleanNode(is);
        }
        if (plain instanceof JsonFields fields) {
            return fields.isMissing() ? NODES.nullNode() : fields.node();
        }
        if (plain instanceof Map<?, ?> map && JsonWriter.hasNamesOnly(map)) {
            ObjectNode object = NODES.objectNode();
            map.forEach((name, value) -> object.set((String) name, of(value, depth + 1)));
            return object;
        }
        if (plain instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(value -> array.add(of(value, depth + 1)));
            return array;
        }
        if (plain instanceof TextMessage message) {
            return NODES.objectNode().put("role", message.role()).put("content", message.content());
        }
        return plain == null ? NODES.nullNode() : OtherValues.tree(plain);
    }

    private static JsonNode number(Number number) {
        if (number instanceof Integer whole) {
            return NODES.numberNode(whole.intValue());
        }
        if (number instanceof Long whole) {
            return NODES.numberNode(whole.longValue());
        }
        if (number instanceof Double fraction) {
            return NODES.numberNode(fraction.doubleValue());
        }
        return number instanceof BigInteger whole ? NODES.numberNode(whole) : OtherValues.tree(number);
    }

    /** This tree as plain maps, lists, strings, numbers and booleans. */
    static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                node.properties().forEach(member -> object.put(member.getKey(), plain(member.getValue())));
                yield object;
            }
            case ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>(node.size());
                node.values().forEach(element -> array.add(plain(element)));
                yield array;
            }
            case STRING -> node.stringValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            case BINARY, POJO -> OtherValues.plain(node);
        };
    }
}
