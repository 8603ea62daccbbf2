/** Many calls at once on few threads and in little memory: {@link io.aicore.examples.load.Load}. */
@NullMarked
package io.aicore.examples.load;

import org.jspecify.annotations.NullMarked;
