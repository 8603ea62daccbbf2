package io.aicore.ollama;

import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an answer has beside words and calls: pictures, and probabilities of its tokens. One for each answer. */
final class Beside {

    private final Map<String, List<Object>> fields = new LinkedHashMap<>();

    void add(Piece piece) {
        add(Piece.IMAGES, piece.images());
        add(Piece.PROBABILITIES, piece.tree().at(Piece.PROBABILITIES));
    }

    private void add(String name, JsonFields array) {
        if (array.isArray() && !array.isEmpty() && array.plain() instanceof List<?> list) {
            fields.computeIfAbsent(name, first -> new ArrayList<>()).addAll(list);
        }
    }

    boolean hasImages() {
        return fields.containsKey(Piece.IMAGES);
    }

    Map<String, Object> extra() {
        Map<String, Object> extra = new LinkedHashMap<>();
        fields.forEach((name, values) -> extra.put(name, List.copyOf(values)));
        return extra;
    }
}
