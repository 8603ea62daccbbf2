/**
 * For authors of providers: chat completions and embeddings in OpenAI's format, which most hosts support.
 * {@link io.aicore.llm.codec.completions.ChatCompletions} is the protocol,
 * {@link io.aicore.llm.codec.completions.ChatDialect} the differences between hosts.
 */
@NullMarked
package io.aicore.llm.codec.completions;

import org.jspecify.annotations.NullMarked;
