package io.aicore.llm.observe;

import org.jspecify.annotations.Nullable;

/**
 * Metadata from the head of a provider's response.
 *
 * @param status the HTTP status
 * @param requestId the provider's id of the request, for its support; null without one
 */
public record ResponseHead(int status, @Nullable String requestId) {}
