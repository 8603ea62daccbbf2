/**
 * The values of a call: request, message, tool, completion, chunk, usage. Immutable records, independent of wire
 * format, threads and provider. Their {@code toString()} never contains the text of prompts and answers.
 */
@NullMarked
package io.aicore.llm.chat;

import org.jspecify.annotations.NullMarked;
