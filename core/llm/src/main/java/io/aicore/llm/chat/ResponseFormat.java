package io.aicore.llm.chat;

import java.util.Map;

/** The format of an answer. */
public sealed interface ResponseFormat {

    /** Plain text, the default. */
    static ResponseFormat text() {
        return new Text();
    }

    /** Any JSON object. */
    static ResponseFormat json() {
        return new JsonObject();
    }

    /** JSON that matches this schema, enforced by the provider if it supports that. */
    static ResponseFormat jsonSchema(String name, Map<String, Object> schema) {
        return new JsonSchema(name, schema, true);
    }

    /** Plain text. */
    record Text() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    /** JSON that matches a schema. */
    record JsonSchema(String name, Map<String, Object> schema, boolean strict) implements ResponseFormat {
        public JsonSchema {
            schema = Json.copy(schema);
        }
    }
}
