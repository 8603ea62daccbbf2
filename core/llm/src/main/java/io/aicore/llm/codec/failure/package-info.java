/**
 * For authors of providers. Classifies failures: status, headers and body of a response become a category, a delay and
 * whether a retry makes sense. {@link io.aicore.llm.codec.failure.ErrorClassifier} is the only entry point; the tables beside it list what
 * each vendor sends.
 */
@NullMarked
package io.aicore.llm.codec.failure;

import org.jspecify.annotations.NullMarked;
