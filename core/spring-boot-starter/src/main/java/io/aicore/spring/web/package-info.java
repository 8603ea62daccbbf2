/** Error responses of a WebFlux application for failed calls. */
@NullMarked
package io.aicore.spring.web;

import org.jspecify.annotations.NullMarked;
