/** Many questions, a few at once: {@link io.aicore.examples.fanout.FanOut}. */
@NullMarked
package io.aicore.examples.fanout;

import org.jspecify.annotations.NullMarked;
