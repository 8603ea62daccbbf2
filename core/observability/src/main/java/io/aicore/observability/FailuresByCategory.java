package io.aicore.observability;

import java.time.Instant;
import java.util.Map;

/**
 * Failed calls that began within one bucket of a timeline, by category.
 *
 * @param start of the bucket, a multiple of its width since 1970
 * @param calls number of failed calls by the category of their last failure, such as {@code rate_limited}
 */
public record FailuresByCategory(Instant start, Map<String, Long> calls) {

    /** The category of a failure without one. */
    static final String UNKNOWN = "unknown";

    public FailuresByCategory {
        calls = Map.copyOf(calls);
    }
}
