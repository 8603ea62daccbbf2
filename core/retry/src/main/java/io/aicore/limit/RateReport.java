package io.aicore.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about its rate limit, as most do in the headers of each response. Names of headers and their forms
 * are the caller's to read.
 *
 * @param requests limit of requests
 * @param tokens limit of tokens, or of whatever else a call costs
 */
public record RateReport(Quota requests, Quota tokens) {

    /** Nothing was reported. */
    public static final RateReport NONE = new RateReport(Quota.UNKNOWN, Quota.UNKNOWN);

    /**
     * One limit; a component is null if it was not reported.
     *
     * @param limit total
     * @param remaining remaining
     * @param reset time until the limit is replenished, from the arrival of the report
     */
    public record Quota(
            @Nullable Long limit,
            @Nullable Long remaining,
            @Nullable Duration reset) {

        /** Nothing was reported. */
        public static final Quota UNKNOWN = new Quota(null, null, null);
    }
}
