/** Retry as a Reactor operator. */
@NullMarked
package io.aicore.retry;

import org.jspecify.annotations.NullMarked;
