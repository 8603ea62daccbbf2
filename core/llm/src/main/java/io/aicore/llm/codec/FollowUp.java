package io.aicore.llm.codec;

import io.aicore.llm.codec.wire.WireRequest;
import java.time.Duration;

/**
 * Where an answer is to be fetched that was only announced.
 *
 * @param request asks for it; the answer to this may announce it again
 * @param delay how long to wait before asking; more than zero
 */
public record FollowUp(WireRequest request, Duration delay) {

    public FollowUp {
        if (delay.isZero() || delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: > 0)");
        }
    }
}
