/**
 * JSON for Java records: a schema for the model, and a reader that reports mismatches. Start with
 * {@link io.aicore.llm.codec.schema.RecordSchema}.
 */
@NullMarked
package io.aicore.llm.codec.schema;

import org.jspecify.annotations.NullMarked;
