/** Reads and writes JSON within limits: the only package, with its users in {@code codec}, that knows Jackson. */
@NullMarked
package io.aicore.llm.codec.json;

import org.jspecify.annotations.NullMarked;
