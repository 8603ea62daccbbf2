package io.aicore.gemini;

import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A {@code logprobsResult} whose lists come in pieces, one piece an event. */
final class Probabilities {

    private final Map<String, Object> all = new LinkedHashMap<>();

    void add(JsonNode result) {
        result.properties().forEach(field -> {
            Object next = Json.plain(field.getValue());
            if (next instanceof List<?> more && all.get(field.getKey()) instanceof List<?> before) {
                List<Object> both = new ArrayList<>(before);
                both.addAll(more);
                all.put(field.getKey(), both);
            } else if (next != null) {
                all.put(field.getKey(), next);
            }
        });
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Map<String, Object> all() {
        return new LinkedHashMap<>(all);
    }
}
