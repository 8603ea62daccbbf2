package io.aicore.llm.observe;

import org.jspecify.annotations.Nullable;

/**
 * What a provider's response said of itself before its body.
 *
 * @param status the HTTP status
 * @param requestId the provider's id of the request, for its support; null if it gave none
 */
public record ResponseHead(int status, @Nullable String requestId) {}
