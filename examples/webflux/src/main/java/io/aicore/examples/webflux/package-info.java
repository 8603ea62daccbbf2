/** Tokens for a browser, until it leaves: {@link io.aicore.examples.webflux.AskController}. */
@NullMarked
package io.aicore.examples.webflux;

import org.jspecify.annotations.NullMarked;
