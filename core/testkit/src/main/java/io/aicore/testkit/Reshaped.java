package io.aicore.testkit;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes members of a JSON text in another form, as hosts and gateways do.
 *
 * @param members the names of the members
 * @param form the other form of a member's value; the value itself where it has none
 */
record Reshaped(Set<String> members, Function<JsonFields, Object> form) {

    /** An array's only object instead of the array. */
    static Object alone(JsonFields value) {
        return value.isArray() && value.size() == 1 && value.at(0).isObject() ? value.at(0) : value;
    }

    /** The text of a part, or of an array's only part, instead of it. */
    static Object text(JsonFields value) {
        JsonFields part = value.isArray() && value.size() == 1 ? value.at(0) : value;
        boolean words = part.at("text").isString() && part.size() == (part.has("type") ? 2 : 1);
        return words ? part.at("text") : value;
    }

    /** An array of one part instead of a text. */
    static Object parts(JsonFields value) {
        if (value.isString()) {
            return List.of(Map.of("type", "text", "text", value.text()));
        }
        return value.isObject() ? List.of(value) : value;
    }

    /** A part instead of a text. */
    static Object part(JsonFields value) {
        return value.isString() ? Map.of("type", "text", "text", value.text()) : value;
    }

    String in(String json) {
        if (!json.startsWith("{")) {
            return json;
        }
        return new String(Json.write(object(Json.read(json))), StandardCharsets.UTF_8);
    }

    List<WireEvent> in(List<WireEvent> events) {
        return events.stream()
                .map(event -> new WireEvent(event.type(), in(event.data())))
                .toList();
    }

    private Map<String, Object> object(JsonFields node) {
        Map<String, Object> object = new LinkedHashMap<>();
        node.members()
                .forEach((name, value) -> object.put(name, inner(members.contains(name) ? form.apply(value) : value)));
        return object;
    }

    private Object inner(Object value) {
        if (!(value instanceof JsonFields node)) {
            return value;
        }
        if (node.isArray()) {
            return node.elements().stream().map(this::inner).toList();
        }
        return node.isObject() ? object(node) : node;
    }
}
