/** What a WebFlux application answers with when a call fails. */
@NullMarked
package io.aicore.spring.web;

import org.jspecify.annotations.NullMarked;
