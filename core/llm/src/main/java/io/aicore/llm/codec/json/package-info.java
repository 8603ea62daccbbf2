/** Reads and writes JSON within limits: with its users in {@code codec}, the only package that uses Jackson. */
@NullMarked
package io.aicore.llm.codec.json;

import org.jspecify.annotations.NullMarked;
