package io.aicore.llm.codec.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a value may look like: the schema and the reading of it, kept together so that they say the same. */
sealed interface Shape permits Scalar, Sequence, TextMap, Fields, OrNothing {

    /** The JSON schema, its entries always in the same order. */
    Map<String, Object> schema();

    /** The value; null after a mismatch has been noted, and for nothing where nothing is allowed. */
    @Nullable
    Object read(JsonNode value, Reading at);

    /** The value of a field that is not there. */
    default @Nullable Object missing(Reading at) {
        return at.expected("a value, and it is missing");
    }

    /** Whether strict modes take the schema: all keys of all objects are known. */
    boolean strict();
}
