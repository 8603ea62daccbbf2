/**
 * Cohere's chat and embeddings, version 2 of its API. {@link io.aicore.cohere.CohereCodec} and {@link
 * io.aicore.cohere.CohereEmbeddings} are the protocol, {@link io.aicore.cohere.CohereProviderFactory} what can be
 * configured of it.
 */
@NullMarked
package io.aicore.cohere;

import org.jspecify.annotations.NullMarked;
