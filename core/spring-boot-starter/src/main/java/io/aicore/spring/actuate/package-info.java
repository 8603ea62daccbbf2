/** Health and an endpoint of the calls. */
@NullMarked
package io.aicore.spring.actuate;

import org.jspecify.annotations.NullMarked;
