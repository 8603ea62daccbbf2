/** Embeddings of texts: request and result, the same for every provider. */
@NullMarked
package io.aicore.llm.embedding;

import org.jspecify.annotations.NullMarked;
