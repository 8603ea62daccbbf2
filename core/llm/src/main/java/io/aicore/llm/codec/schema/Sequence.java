package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An array.
 *
 * @param set whether duplicates are removed, keeping the first
 */
record Sequence(Shape items, boolean set) implements Shape {

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", items.schema());
        return schema;
    }

    @Override
    public @Nullable Object read(JsonFields value, Reading at) {
        if (!value.isArray()) {
            return at.expected("an array");
        }
        Collection<@Nullable Object> read = set ? new LinkedHashSet<>() : new ArrayList<>(value.size());
        int index = 0;
        for (JsonFields item : value.elements()) {
            read.add(items.read(item, at.item(index++)));
        }
        return set
                ? Collections.unmodifiableSet((LinkedHashSet<@Nullable Object>) read)
                : Collections.unmodifiableList((List<@Nullable Object>) read);
    }

    @Override
    public boolean strict() {
        return items.strict();
    }
}
