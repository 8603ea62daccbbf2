package io.aicore.observability;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a call.
 *
 * @param category category of its last failure, such as {@code rate_limited}
 * @param code the provider's own error code
 * @param endedBy why no further attempt was made, such as {@code retries_exhausted}
 * @param why the reason in one sentence
 */
public record FailureInfo(
        @Nullable String category,
        @Nullable String code,
        @Nullable String endedBy,
        @Nullable String why) {

    /** No failure. */
    public static final FailureInfo NONE = new FailureInfo(null, null, null, null);
}
