package io.aicore.gemini;

import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One of several candidates: the last value of its fields, and its parts in order. */
final class FurtherCandidate {

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final List<Object> parts = new ArrayList<>();

    void add(JsonNode candidate) {
        candidate.properties().forEach(field -> {
            Object plain = Beside.plain(field.getValue());
            if (plain != null) {
                fields.put(field.getKey(), plain);
            }
        });
        if (Json.plain(candidate.path("content").path("parts")) instanceof List<?> more) {
            parts.addAll(more);
        }
    }

    Map<String, Object> whole() {
        Map<String, Object> whole = new LinkedHashMap<>(fields);
        Map<String, Object> content = Json.object(fields.get("content"));
        content.put("parts", List.copyOf(parts));
        whole.put("content", content);
        return whole;
    }
}
