/** Messages that all modules word alike; exported to our own modules only. */
@NullMarked
package io.aicore.internal;

import org.jspecify.annotations.NullMarked;
