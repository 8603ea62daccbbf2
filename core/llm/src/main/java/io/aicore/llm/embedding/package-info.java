/** Texts as vectors: the request and the answer, the same for every provider. */
@NullMarked
package io.aicore.llm.embedding;

import org.jspecify.annotations.NullMarked;
