package io.aicore.llm.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a response told beside its status.
 *
 * @param requestId the provider's id of the request, for its support; null if it gave none
 * @param headers headers worth knowing, by their names in lower case, each with its first value: ids of requests, waits, rate
 *     limits, processing times, region, model and deployment, date, content type. At most 40, of 200 characters each, without
 *     the key; cookies and ids of accounts are not among them
 * @param rateLimit how much the provider will take; null if it did not say
 */
public record ResponseInfo(
        @Nullable String requestId,
        Map<String, String> headers,
        @Nullable RateLimit rateLimit) {

    /** Of no response, or of one that told nothing. */
    public static final ResponseInfo NONE = new ResponseInfo(null, Map.of(), null);

    public ResponseInfo {
        headers = Map.copyOf(headers);
    }
}
