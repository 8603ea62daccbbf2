/** Health and an endpoint for calls. */
@NullMarked
package io.aicore.spring.actuate;

import org.jspecify.annotations.NullMarked;
