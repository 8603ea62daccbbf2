/**
 * OpenAI's chat completions, and the hosts that speak the same protocol. {@link io.aicore.openai.OpenAiCodec} is the
 * protocol, {@link io.aicore.openai.Hosts} has what differs from host to host.
 */
@NullMarked
package io.aicore.openai;

import org.jspecify.annotations.NullMarked;
