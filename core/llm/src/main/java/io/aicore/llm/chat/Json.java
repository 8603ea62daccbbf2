package io.aicore.llm.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects as maps: copied in order, null values kept (schemas and provider fields may hold them). */
final class Json {

    private Json() {}

    static Map<String, Object> copy(Map<String, Object> object) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(object));
    }
}
