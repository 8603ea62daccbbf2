/** A call and its attempts, as both sides see them. */
@NullMarked
package io.aicore.examples.lab.call;

import org.jspecify.annotations.NullMarked;
