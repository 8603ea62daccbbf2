/**
 * The conversation of a model with tools: {@link io.aicore.llm.tools.ToolLoop} runs the calls of its answers and sends the
 * results, in bounded rounds. Made of calls of an {@link io.aicore.llm.LlmProvider}, which does not know it.
 */
@NullMarked
package io.aicore.llm.tools;

import org.jspecify.annotations.NullMarked;
