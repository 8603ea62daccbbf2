package io.aicore.observability;

import org.jspecify.annotations.Nullable;

/**
 * Ids of a call in traces; null if unknown.
 *
 * @param traceId of the trace that the call was part of
 * @param spanId of the call's own span, where one of its observers made one; else of the span around it
 */
public record TraceIds(@Nullable String traceId, @Nullable String spanId) {

    /** No trace. */
    public static final TraceIds NONE = new TraceIds(null, null);
}
