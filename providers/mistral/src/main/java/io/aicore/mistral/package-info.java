/**
 * Mistral's chat completions and embeddings: {@link io.aicore.mistral.MistralDialect} is how they differ from those of other
 * hosts, {@link io.aicore.mistral.MistralProviderFactory} what can be configured of them.
 */
@NullMarked
package io.aicore.mistral;

import org.jspecify.annotations.NullMarked;
