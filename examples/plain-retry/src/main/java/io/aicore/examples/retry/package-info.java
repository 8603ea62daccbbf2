/** Retry and circuit around any {@code Mono}, no LLM in sight: {@link io.aicore.examples.retry.FetchPrice}. */
@NullMarked
package io.aicore.examples.retry;

import org.jspecify.annotations.NullMarked;
