/**
 * Mistral's chat completions and embeddings. {@link io.aicore.mistral.MistralCodec} and {@link
 * io.aicore.mistral.MistralEmbeddings} are the protocol, {@link io.aicore.mistral.MistralProviderFactory} what can be
 * configured of it.
 */
@NullMarked
package io.aicore.mistral;

import org.jspecify.annotations.NullMarked;
