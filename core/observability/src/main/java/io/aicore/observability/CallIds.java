package io.aicore.observability;

import org.jspecify.annotations.Nullable;

/**
 * Ids of a call in logs and traces; null if unknown.
 *
 * @param callId in logs, errors and on spans
 * @param traceId of the trace that the call was part of
 * @param spanId of the call's own span, where one of its observers made one; else of the span around it
 */
public record CallIds(
        @Nullable String callId,
        @Nullable String traceId,
        @Nullable String spanId) {

    /** No ids. */
    public static final CallIds NONE = new CallIds(null, null, null);

    CallIds of(@Nullable String call) {
        return new CallIds(call, traceId, spanId);
    }
}
