package io.aicore.llm.chat;

import java.util.Map;
import java.util.function.Function;

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

    /** Applies the function for this format, so that every protocol handles all of them. */
    <R> R fold(
            Function<? super Text, ? extends R> text,
            Function<? super JsonObject, ? extends R> object,
            Function<? super JsonSchema, ? extends R> schema);

    /** Plain text. */
    record Text() implements ResponseFormat {

        @Override
        public <R> R fold(
                Function<? super Text, ? extends R> text,
                Function<? super JsonObject, ? extends R> object,
                Function<? super JsonSchema, ? extends R> schema) {
            return text.apply(this);
        }
    }

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {

        @Override
        public <R> R fold(
                Function<? super Text, ? extends R> text,
                Function<? super JsonObject, ? extends R> object,
                Function<? super JsonSchema, ? extends R> schema) {
            return object.apply(this);
        }
    }

    /** JSON that matches a schema. */
    record JsonSchema(String name, Map<String, Object> schema, boolean strict) implements ResponseFormat {
        public JsonSchema {
            schema = Json.copy(schema);
        }

        @Override
        public <R> R fold(
                Function<? super Text, ? extends R> text,
                Function<? super JsonObject, ? extends R> object,
                Function<? super JsonSchema, ? extends R> schema) {
            return schema.apply(this);
        }
    }
}
