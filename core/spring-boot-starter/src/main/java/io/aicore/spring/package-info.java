/**
 * AiCore in a Spring Boot application: an {@link io.aicore.llm.LlmProvider} bean, configured by the properties below
 * {@code aicore}. Every bean backs off if the application defines its own.
 */
@NullMarked
package io.aicore.spring;

import org.jspecify.annotations.NullMarked;
