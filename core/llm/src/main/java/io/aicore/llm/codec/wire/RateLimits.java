package io.aicore.llm.codec.wire;

import io.aicore.llm.chat.RateLimit;
import io.aicore.llm.chat.RateLimit.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rate limits of a response.
 *
 * @param received time of the response; base of a reset instant if the response has no date
 */
record RateLimits(Instant received) {

    /** The three headers of one window. */
    private record Family(String limit, String remaining, String reset) {

        /** "%" stands for limit, remaining or reset. */
        static Family of(String pattern) {
            return new Family(
                    pattern.replace("%", "limit"), pattern.replace("%", "remaining"), pattern.replace("%", "reset"));
        }
    }

    // OpenAI, Azure, Groq, xAI; Anthropic; Cerebras, Mistral; gateways.
    private static final List<Family> REQUESTS = Stream.of(
                    "x-ratelimit-%-requests",
                    "anthropic-ratelimit-requests-%",
                    "x-ratelimit-%-requests-minute",
                    "x-ratelimit-%-requests-day",
                    "x-ratelimit-%-req-minute",
                    "x-ratelimit-%",
                    "ratelimit-%")
            .map(Family::of)
            .toList();
    private static final List<Family> TOKENS = Stream.of(
                    "x-ratelimit-%-tokens",
                    "anthropic-ratelimit-tokens-%",
                    "anthropic-ratelimit-input-tokens-%",
                    "x-ratelimit-%-tokens-minute",
                    "x-ratelimit-%-tokens-query",
                    "x-ratelimit-%-tokens-prompt")
            .map(Family::of)
            .toList();
    private static final Budget UNKNOWN = new Budget(null, null, null);

    private static final Pattern COUNT = Pattern.compile("(\\d{1,18})(?:\\.0{1,9})?");
    private static final Pattern NOTHING = Pattern.compile("0[0.]{0,9}\\s?(?:ms|s|m0s|m|h|h0m0s)?");

    /** Null if there are none. */
    @Nullable
    RateLimit read(WireHeaders headers) {
        Instant now = headers.first("date").map(Delays::instant).orElse(received);
        Budget requests = budget(headers, REQUESTS, now);
        Budget tokens = budget(headers, TOKENS, now);
        return requests.isUnknown() && tokens.isUnknown() ? null : new RateLimit(requests, tokens);
    }

    /**
     * All values must be of one header family: of two windows, the limit of one says nothing about the rest of the
     * other.
     */
    private static Budget budget(WireHeaders headers, List<Family> families, Instant now) {
        for (Family family : families) {
            Budget budget = new Budget(
                    count(value(headers, family.limit())),
                    count(value(headers, family.remaining())),
                    reset(value(headers, family.reset()), now));
            if (!budget.isUnknown()) {
                return budget;
            }
        }
        return UNKNOWN;
    }

    private static String value(WireHeaders headers, String name) {
        return headers.first(name).map(String::strip).orElse("");
    }

    private static @Nullable Long count(String text) {
        if (text.isEmpty()) {
            return null;
        }
        var number = COUNT.matcher(text);
        return number.matches() ? Long.valueOf(number.group(1)) : null;
    }

    private static @Nullable Duration reset(String text, Instant now) {
        if (text.isEmpty() || text.length() > 64) {
            return null;
        }
        Duration reset = Delays.reset(text, now);
        Instant at = reset == null ? Delays.instant(text) : null;
        boolean past = NOTHING.matcher(text).matches() || (at != null && !at.isAfter(now));
        return reset == null && past ? Duration.ZERO : reset;
    }
}
