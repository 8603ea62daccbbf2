package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.JsonFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The structure of a value: its schema and its reader, kept together for consistency. */
sealed interface Shape permits Scalar, Sequence, TextMap, Fields, OrNothing {

    /** The JSON schema; the order of its entries is fixed. */
    Map<String, Object> schema();

    /** The value; null after a mismatch was added, and for null if that is allowed. */
    @Nullable
    Object read(JsonFields value, Reading at);

    /** The value of a missing field. */
    default @Nullable Object missing(Reading at) {
        return at.expected("a value, and it is missing");
    }

    /** Whether strict modes accept the schema: all keys of all objects are known. */
    boolean strict();
}
