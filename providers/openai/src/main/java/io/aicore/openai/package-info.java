/**
 * OpenAI's chat completions and embeddings, the hosts with the same protocol, and the Responses API.
 * {@link io.aicore.openai.Hosts} has the differences between hosts, as a {@link io.aicore.openai.Dialect} each.
 */
@NullMarked
package io.aicore.openai;

import org.jspecify.annotations.NullMarked;
