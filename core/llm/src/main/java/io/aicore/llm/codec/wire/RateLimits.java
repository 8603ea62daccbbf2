package io.aicore.llm.codec.wire;

import io.aicore.llm.chat.RateLimit;
import io.aicore.llm.chat.RateLimit.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
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

    private static final int MOST_DIGITS = 18;
    private static final Pattern COUNT = Pattern.compile("(\\d{1,18})(?:\\.0{1,9})?");
    private static final Pattern NOTHING = Pattern.compile("0[0.]{0,9}\\s?(?:ms|s|m0s|m|h|h0m0s)?");

    /** Null if there are none. */
    @Nullable
    RateLimit read(WireHeaders headers) {
        Budget requests = budget(headers, REQUESTS);
        Budget tokens = budget(headers, TOKENS);
        return requests.isUnknown() && tokens.isUnknown() ? null : new RateLimit(requests, tokens);
    }

    /**
     * All values must be of one header family: of two windows, the limit of one says nothing about the rest of the
     * other.
     */
    private Budget budget(WireHeaders headers, List<Family> families) {
        for (Family family : families) {
            String limit = headers.value(family.limit());
            String remaining = headers.value(family.remaining());
            String reset = headers.value(family.reset());
            if (limit != null || remaining != null || reset != null) {
                Budget budget = new Budget(count(limit), count(remaining), reset(reset, headers));
                if (!budget.isUnknown()) {
                    return budget;
                }
            }
        }
        return UNKNOWN;
    }

    private static @Nullable Long count(@Nullable String value) {
        String text = value == null ? "" : value.strip();
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == text.length() && digits > 0 && digits <= MOST_DIGITS) {
            return Long.valueOf(text);
        }
        Matcher number = COUNT.matcher(text);
        return number.matches() ? Long.valueOf(number.group(1)) : null;
    }

    private @Nullable Duration reset(@Nullable String value, WireHeaders headers) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty() || text.length() > 64) {
            return null;
        }
        Duration plain = PlainSpan.of(text);
        return plain == null ? reset(text, now(headers)) : plain;
    }

    private Instant now(WireHeaders headers) {
        String date = headers.value("date");
        Instant sent = date == null ? null : Delays.instant(date);
        return sent == null ? received : sent;
    }

    private static @Nullable Duration reset(String text, Instant now) {
        Duration reset = Delays.reset(text, now);
        if (reset != null) {
            return reset;
        }
        Instant at = Delays.instant(text);
        return NOTHING.matcher(text).matches() || (at != null && !at.isAfter(now)) ? Duration.ZERO : null;
    }
}
