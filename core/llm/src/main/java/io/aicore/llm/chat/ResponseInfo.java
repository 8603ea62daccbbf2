package io.aicore.llm.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metadata from the head of a response.
 *
 * @param requestId the provider's id of the request, for its support; null without one
 * @param headers selected headers, by names in lower case, each with its first value: request ids, retry delays, rate
 *     limits, processing times, region, model and deployment, date, content type. At most 40 of up to 200 characters,
 *     without the key, cookies and account ids
 * @param rateLimit the reported rate limit; null without one
 */
public record ResponseInfo(
        @Nullable String requestId,
        Map<String, String> headers,
        @Nullable RateLimit rateLimit) {

    /** No response, or one without metadata. */
    public static final ResponseInfo NONE = new ResponseInfo(null, Map.of(), null);

    public ResponseInfo {
        headers = Map.copyOf(headers);
    }
}
