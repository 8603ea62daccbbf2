package io.aicore.llm.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much the provider will take by its own account, as the headers of a response told it: of which window (a minute, a day)
 * they seldom say.
 *
 * @param requests what is left of the number of requests
 * @param tokens what is left of the number of tokens
 */
public record RateLimit(Budget requests, Budget tokens) {

    /**
     * One limit; each part null where the provider did not say it.
     *
     * @param limit how many in the window
     * @param remaining how many are left of them
     * @param reset how long until all are there again, from the arrival of the response; zero if they are
     */
    public record Budget(
            @Nullable Long limit,
            @Nullable Long remaining,
            @Nullable Duration reset) {

        /** Whether nothing is known of it. */
        public boolean isUnknown() {
            return limit == null && remaining == null && reset == null;
        }
    }
}
