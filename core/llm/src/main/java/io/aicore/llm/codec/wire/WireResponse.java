package io.aicore.llm.codec.wire;

import io.aicore.llm.chat.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A response on the wire, or the head of one (with an empty body).
 *
 * @param received wall-clock time of its head; dates in headers are compared with it if the response has no date
 */
// A body is handed on and never compared: a copy, or a wrapper, would only cost.
@SuppressWarnings("ArrayRecordComponent")
public record WireResponse(int status, WireHeaders headers, byte[] body, Instant received) {

    /** Whether the status is 2xx. */
    public boolean successful() {
        return status / 100 == 2;
    }

    /** The provider's id of the request, from the headers; null without one. */
    public @Nullable String requestId() {
        return RequestIds.of(headers);
    }

    /**
     * The metadata of the head that may be exposed.
     *
     * @param clean removes secrets from a header's value
     */
    public ResponseInfo info(UnaryOperator<String> clean) {
        return ResponseHeaders.of(headers, new RateLimits(received), clean);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "WireResponse[" + status + ", " + headers.names() + ", " + body.length + " bytes]";
    }
}
