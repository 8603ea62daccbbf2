package io.aicore.llm.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects as immutable maps that keep order and null values (schemas and provider fields may contain them). */
final class Json {

    private Json() {}

    static Map<String, Object> copy(Map<String, Object> object) {
        return object.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(new LinkedHashMap<>(object));
    }
}
