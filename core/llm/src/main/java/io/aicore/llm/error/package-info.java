/**
 * How calls fail. {@link io.aicore.llm.error.LlmException} is the root: it says of which category a failure is, whether
 * the same request may pass later and what happened on the way. Its kinds are grouped by what a caller can do.
 */
@NullMarked
package io.aicore.llm.error;

import org.jspecify.annotations.NullMarked;
