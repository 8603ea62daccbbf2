/**
 * Calls to LLM providers with retries, circuit breakers and timeouts. Start with {@code Llm.from(config)}, which
 * returns an {@link io.aicore.llm.LlmProvider}; {@code Pipeline} shows the steps of a call from top to bottom.
 */
@NullMarked
package io.aicore.llm;

import org.jspecify.annotations.NullMarked;
