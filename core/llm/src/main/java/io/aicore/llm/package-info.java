/**
 * Calls to LLM providers that survive a failing provider. Begin with {@code Llm.from(config)}, which gives a
 * {@link io.aicore.llm.LlmProvider}; {@code Pipeline} says what a call goes through, from top to bottom.
 */
@NullMarked
package io.aicore.llm;

import org.jspecify.annotations.NullMarked;
