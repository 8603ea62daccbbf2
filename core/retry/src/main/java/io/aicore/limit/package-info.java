/** Admission control: circuit breaker and permits. Knows nothing of retry, nor of LLMs. */
@NullMarked
package io.aicore.limit;

import org.jspecify.annotations.NullMarked;
