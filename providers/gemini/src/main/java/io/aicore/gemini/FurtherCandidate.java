package io.aicore.gemini;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of several candidates: the last value of its fields, and its parts in order. */
final class FurtherCandidate {

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final List<Object> parts = new ArrayList<>();

    void add(JsonFields candidate) {
        candidate.members().forEach((name, value) -> {
            Object plain = Beside.plain(value);
            if (plain != null) {
                fields.put(name, plain);
            }
        });
        if (candidate.at("content").at("parts").plain() instanceof List<?> more) {
            parts.addAll(more);
        }
    }

    Map<String, Object> whole() {
        Map<String, Object> whole = new LinkedHashMap<>(fields);
        Map<String, Object> content = Json.copy(fields.get("content"));
        content.put("parts", List.copyOf(parts));
        whole.put("content", content);
        return whole;
    }
}
