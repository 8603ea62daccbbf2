package io.aicore.testkit;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds unknown members to every object of a JSON text, before and after its own, as a later version of a protocol would. */
final class UnknownMembers {

    private UnknownMembers() {}

    static String into(String json, ProviderFixture fixture) {
        return JsonFields.of(into(Json.read(json), fixture)).raw();
    }

    /** The events, with unknown members in those that are JSON, and an unknown event between each two. */
    static List<WireEvent> into(List<WireEvent> events, ProviderFixture fixture) {
        List<WireEvent> all = new ArrayList<>();
        for (WireEvent event : events) {
            if (!all.isEmpty()) {
                all.add(fixture.unknownEvent());
            }
            all.add(isJson(event.data()) ? new WireEvent(event.type(), into(event.data(), fixture)) : event);
        }
        return all;
    }

    private static Object into(JsonFields node, ProviderFixture fixture) {
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.elements().forEach(element -> list.add(into(element, fixture)));
            return list;
        }
        if (!node.isObject()) {
            return node;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("x_unknown_object", Map.of("type", "x_unknown", "deep", List.of(Map.of())));
        object.put("x_unknown_null", Json.read("null"));
        node.members()
                .forEach((name, value) ->
                        object.put(name, fixture.opaqueMembers().contains(name) ? value : into(value, fixture)));
        object.put("x_unknown_array", List.of(1, "two", List.of(), Map.of("x", 1)));
        object.put("x_unknown_number", -1.5e300);
        object.put("x_unknown_text", "x");
        return object;
    }

    private static boolean isJson(String data) {
        try {
            return Json.read(data).isContainer() && data.startsWith("{");
        } catch (MalformedJsonException e) {
            return false;
        }
    }
}
