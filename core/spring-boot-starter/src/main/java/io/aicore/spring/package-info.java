/**
 * AiCore in a Spring Boot application: an {@link io.aicore.llm.LlmProvider} to inject, set by the properties below {@code
 * aicore}. Every bean steps aside for one of the application's own.
 */
@NullMarked
package io.aicore.spring;

import org.jspecify.annotations.NullMarked;
