package io.aicore.llm.chat;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON objects as immutable maps that keep order and null values (schemas and provider fields may contain them). */
final class Json {

    private Json() {}

    static Map<String, Object> copy(Map<String, Object> object) {
        if (object.isEmpty()) {
            return Collections.emptyMap();
        }
        return object instanceof Copy ? object : new Copy(new LinkedHashMap<>(object));
    }

    /** A copy needs none of its own: a value with one other component has the same fields. */
    private static final class Copy extends AbstractMap<String, Object> {

        private final Map<String, Object> fields;

        Copy(Map<String, Object> own) {
            this.fields = Collections.unmodifiableMap(own);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return fields.entrySet();
        }

        @Override
        public boolean containsKey(Object name) {
            return fields.containsKey(name);
        }

        @Override
        public @Nullable Object get(Object name) {
            return fields.get(name);
        }
    }
}
