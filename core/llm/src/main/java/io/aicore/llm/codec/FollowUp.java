package io.aicore.llm.codec;

import io.aicore.internal.Check;
import io.aicore.llm.codec.wire.WireRequest;
import java.time.Duration;

/**
 * Where to fetch an answer that was only announced.
 *
 * @param request fetches it; its response may be another announcement
 * @param delay delay before the request; more than zero
 */
public record FollowUp(WireRequest request, Duration delay) {

    public FollowUp {
        Check.positive(delay, "delay");
    }
}
