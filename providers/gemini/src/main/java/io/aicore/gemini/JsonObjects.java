package io.aicore.gemini;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Texts that are one JSON object and nothing more. */
final class JsonObjects {

    private JsonObjects() {}

    /** The object; null if it is none, is cut, or something follows it. */
    static @Nullable Object read(String text) {
        try {
            // Within an array, whatever follows the object is no longer JSON.
            JsonNode array = Json.read("[" + text + "]");
            return array.size() == 1 && array.path(0).isObject() ? Json.plain(array.path(0)) : null;
        } catch (MalformedJsonException e) {
            return null;
        }
    }
}
