package io.aicore.gemini;

import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code logprobsResult} whose lists come in pieces, one piece an event. */
final class Probabilities {

    private final Map<String, Object> all = new LinkedHashMap<>();

    void add(JsonFields result) {
        result.members().forEach((name, value) -> {
            Object next = value.plain();
            if (next instanceof List<?> more && all.get(name) instanceof List<?> before) {
                List<Object> both = new ArrayList<>(before);
                both.addAll(more);
                all.put(name, both);
            } else if (next != null) {
                all.put(name, next);
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
