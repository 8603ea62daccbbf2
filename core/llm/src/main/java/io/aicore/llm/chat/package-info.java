/**
 * The words of a call: request, message, tool, completion, chunk, usage. Immutable records that know no wire, no thread
 * and no provider. What a person wrote or a model answered is never part of a {@code toString()}.
 */
@NullMarked
package io.aicore.llm.chat;

import org.jspecify.annotations.NullMarked;
