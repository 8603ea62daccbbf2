package io.aicore.llm.codec.schema;

import org.jspecify.annotations.Nullable;

/**
 * A position where JSON does not match the schema. Contains nothing of the content but its path.
 *
 * @param path from the root {@code $}, such as {@code $.items[2].price}
 * @param expected what was expected there
 * @param words message of the record's constructor that rejected the values; may quote them, so it is for the model
 *     that wrote them and not for logs
 */
public record SchemaMismatch(
        String path, String expected, @Nullable String words) {

    @Override
    public String toString() {
        return path + ": (expected: " + expected + ")";
    }
}
