package io.aicore.llm.chat;

import java.util.Map;

/** The form that an answer must have. */
public sealed interface ResponseFormat {

    /** Plain text, the default. */
    static ResponseFormat text() {
        return new Text();
    }

    /** Any JSON object. */
    static ResponseFormat json() {
        return new JsonObject();
    }

    /** JSON after this schema, enforced by the provider where it can. */
    static ResponseFormat jsonSchema(String name, Map<String, Object> schema) {
        return new JsonSchema(name, schema, true);
    }

    /** Plain text. */
    record Text() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    /** JSON after a schema. */
    record JsonSchema(String name, Map<String, Object> schema, boolean strict) implements ResponseFormat {
        public JsonSchema {
            schema = Json.copy(schema);
        }
    }
}
