package io.aicore.testkit;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;

/** An event that ends a stream with a failure of the provider, and what it means. The kit takes its word for retryable ones. */
public record StreamError(WireEvent event, ErrorCategory category, boolean retryable) {

    /** A failure that may pass: tried again before the first content. */
    public static StreamError passing(WireEvent event, ErrorCategory category) {
        return new StreamError(event, category, true);
    }

    /** A failure that stays. */
    public static StreamError lasting(WireEvent event, ErrorCategory category) {
        return new StreamError(event, category, false);
    }
}
