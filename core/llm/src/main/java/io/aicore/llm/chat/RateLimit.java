package io.aicore.llm.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The remaining rate limit as reported by the headers of a response; most providers do not state its window (a minute,
 * a day).
 *
 * @param requests limit of requests
 * @param tokens limit of tokens
 */
public record RateLimit(Budget requests, Budget tokens) {

    /**
     * One limit; a component is null if the provider did not report it.
     *
     * @param limit total in the window
     * @param remaining remaining in the window
     * @param reset time until the limit is fully replenished, from the arrival of the response; zero if it is
     */
    public record Budget(
            @Nullable Long limit,
            @Nullable Long remaining,
            @Nullable Duration reset) {

        /** Whether nothing was reported. */
        public boolean isUnknown() {
            return limit == null && remaining == null && reset == null;
        }
    }
}
