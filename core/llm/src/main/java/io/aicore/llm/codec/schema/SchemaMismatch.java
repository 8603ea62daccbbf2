package io.aicore.llm.codec.schema;

import org.jspecify.annotations.Nullable;

/**
 * One place where JSON does not fit. Says nothing of the content but the path to it.
 *
 * @param path from the root {@code $}, as {@code $.items[2].price}
 * @param expected what should be there
 * @param words what the record's own constructor said when it refused its values; may quote them, so it is for the model
 *     that wrote them and for no log
 */
public record SchemaMismatch(
        String path, String expected, @Nullable String words) {

    @Override
    public String toString() {
        return path + ": (expected: " + expected + ")";
    }
}
