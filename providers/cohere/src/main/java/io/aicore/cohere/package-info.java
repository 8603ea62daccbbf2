/**
 * Cohere's chat, version 2 of its API. {@link io.aicore.cohere.CohereCodec} is the protocol, {@link
 * io.aicore.cohere.CohereProviderFactory} what can be configured of it.
 */
@NullMarked
package io.aicore.cohere;

import org.jspecify.annotations.NullMarked;
