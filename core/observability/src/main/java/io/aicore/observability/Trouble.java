package io.aicore.observability;

import org.jspecify.annotations.Nullable;

/**
 * Why a call failed.
 *
 * @param category the kind of its last failure, as {@code rate_limited}
 * @param code the provider's own code
 * @param endedBy why there was no further attempt, as {@code retries_exhausted}
 * @param why the same in a sentence
 */
public record Trouble(
        @Nullable String category,
        @Nullable String code,
        @Nullable String endedBy,
        @Nullable String why) {

    /** None. */
    public static final Trouble NONE = new Trouble(null, null, null, null);
}
