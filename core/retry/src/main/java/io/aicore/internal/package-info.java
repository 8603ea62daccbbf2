/** What all modules word alike, and what a call tells its attempts; exported to our own modules only. */
@NullMarked
package io.aicore.internal;

import org.jspecify.annotations.NullMarked;
