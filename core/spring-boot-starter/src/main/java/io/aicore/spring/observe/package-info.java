/** Records, metrics, traces and log of the calls, where their classes are. */
@NullMarked
package io.aicore.spring.observe;

import org.jspecify.annotations.NullMarked;
