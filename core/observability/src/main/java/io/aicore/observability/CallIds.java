package io.aicore.observability;

import org.jspecify.annotations.Nullable;

/**
 * What a call is named elsewhere; null where it is not.
 *
 * @param callId in logs, errors and on spans
 * @param traceId of the trace that the call was part of
 * @param spanId of the caller's span
 */
public record CallIds(
        @Nullable String callId,
        @Nullable String traceId,
        @Nullable String spanId) {

    /** No names. */
    public static final CallIds NONE = new CallIds(null, null, null);

    CallIds of(@Nullable String call) {
        return new CallIds(call, traceId, spanId);
    }
}
