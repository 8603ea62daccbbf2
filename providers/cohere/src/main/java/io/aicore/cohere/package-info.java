/**
 * Cohere's chat and embeddings, version 2 of its API. {@link io.aicore.cohere.CohereCodec} and
 * {@link io.aicore.cohere.CohereEmbeddings} are the protocol; {@link io.aicore.cohere.CohereProviderFactory} documents
 * its configuration.
 */
@NullMarked
package io.aicore.cohere;

import org.jspecify.annotations.NullMarked;
