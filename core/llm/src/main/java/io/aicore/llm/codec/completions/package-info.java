/**
 * Chat completions and embeddings in the form that OpenAI gave them and most hosts speak. {@link
 * io.aicore.llm.codec.completions.ChatCompletions} is the protocol, {@link io.aicore.llm.codec.completions.ChatDialect} what
 * may differ from host to host.
 */
@NullMarked
package io.aicore.llm.codec.completions;

import org.jspecify.annotations.NullMarked;
