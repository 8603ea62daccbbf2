/** Records, metrics, traces and logs of calls, if their classes are present. */
@NullMarked
package io.aicore.spring.observe;

import org.jspecify.annotations.NullMarked;
