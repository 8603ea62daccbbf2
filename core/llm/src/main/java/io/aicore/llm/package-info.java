/**
 * Calls to LLM providers with retries, circuit breakers and timeouts. Start with {@code Llm.from(config)}, which
 * returns an {@link io.aicore.llm.LlmProvider}; {@code Pipeline} shows the steps of a call from top to bottom.
 *
 * <p>Nothing is null unless it says {@code @Nullable}. What a value may lack is {@code @Nullable}; what a method looks up
 * or works out and may not find is an {@code Optional}. Arguments, components and setters are never {@code Optional}.
 */
@NullMarked
package io.aicore.llm;

import org.jspecify.annotations.NullMarked;
