/**
 * Ollama's own API. {@link io.aicore.ollama.OllamaCodec} is the protocol of completions,
 * {@link io.aicore.ollama.OllamaEmbeddings} that of embeddings; {@link io.aicore.ollama.OllamaProviderFactory}
 * documents their configuration.
 */
@NullMarked
package io.aicore.ollama;

import org.jspecify.annotations.NullMarked;
