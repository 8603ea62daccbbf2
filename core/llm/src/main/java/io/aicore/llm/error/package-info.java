/**
 * The errors of calls. {@link io.aicore.llm.error.LlmException} is the base class: it has the category of a failure,
 * whether the same request may succeed later, and the history of the call. Its subclasses are grouped by what a caller
 * can do.
 */
@NullMarked
package io.aicore.llm.error;

import org.jspecify.annotations.NullMarked;
