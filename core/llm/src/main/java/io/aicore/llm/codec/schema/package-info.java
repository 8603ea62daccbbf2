/**
 * JSON after the shape of a Java record: its schema, for a model to follow, and its reading, which says what does not fit.
 * Begin with {@link io.aicore.llm.codec.schema.RecordSchema}.
 */
@NullMarked
package io.aicore.llm.codec.schema;

import org.jspecify.annotations.NullMarked;
