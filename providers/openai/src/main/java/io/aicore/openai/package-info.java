/**
 * OpenAI's chat completions and embeddings, the hosts that speak the same protocol, and the Responses API. {@link
 * io.aicore.openai.Hosts} has what differs from host to host, in the words of {@link io.aicore.openai.Dialect}.
 */
@NullMarked
package io.aicore.openai;

import org.jspecify.annotations.NullMarked;
