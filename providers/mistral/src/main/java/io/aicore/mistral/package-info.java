/**
 * Mistral's chat completions and embeddings: {@link io.aicore.mistral.MistralDialect} has the differences to other
 * hosts; {@link io.aicore.mistral.MistralProviderFactory} documents the configuration.
 */
@NullMarked
package io.aicore.mistral;

import org.jspecify.annotations.NullMarked;
