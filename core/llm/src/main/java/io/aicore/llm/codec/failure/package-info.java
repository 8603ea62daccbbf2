/**
 * Classifies failures: status, headers and body of a response become one category, a delay and whether a retry makes sense.
 * {@link io.aicore.llm.codec.failure.ErrorClassifier} is the only entry; the tables beside it say what each vendor writes.
 */
@NullMarked
package io.aicore.llm.codec.failure;

import org.jspecify.annotations.NullMarked;
