/**
 * Mistral's chat completions. {@link io.aicore.mistral.MistralCodec} is the protocol, {@link
 * io.aicore.mistral.MistralProviderFactory} what can be configured of it.
 */
@NullMarked
package io.aicore.mistral;

import org.jspecify.annotations.NullMarked;
