/**
 * What a wire protocol must say: how to encode a request, how to read an answer and a stream, and what a failure means.
 * Values in, values out: no I/O, no retry, no threads, so that a protocol can be tested with tables.
 */
@NullMarked
package io.aicore.llm.codec;

import org.jspecify.annotations.NullMarked;
