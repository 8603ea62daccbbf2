package io.aicore.llm.codec.failure;

import io.aicore.llm.codec.wire.Delays;
import io.aicore.llm.codec.wire.WireHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The delay that the server requested, from the first of: the millisecond headers, {@code retry-after}, the body, and
 * on a 429 the reset header of the exhausted bucket. Headers of a 2xx are not read: hosts send {@code retry-after} on
 * 200s too.
 */
final class RetryAfterReader {

    /**
     * A delay that the server requested.
     *
     * @param source where it was found: a header or a field with its value, or the phrase of a message
     */
    record RetryAfter(Duration delay, String source) {

        static @Nullable RetryAfter of(@Nullable Duration delay, String place, String value) {
            return delay == null ? null : new RetryAfter(delay, place + ": " + value.strip());
        }
    }

    private static final int TOO_MANY_REQUESTS = 429;
    // Azure sends "retry-after-ms: 0" beside "retry-after: 1": zero counts as absent there and everywhere.
    private static final List<String> MILLIS_HEADERS = List.of("retry-after-ms", "x-ms-retry-after-ms");
    // The draft of the IETF: RateLimit: "default";r=0;t=30
    private static final Pattern DRAFT = Pattern.compile("\\br=0\\b[^,]*?\\bt=(\\d+)");

    private RetryAfterReader() {}

    /** The requested delay; null without one. */
    static @Nullable RetryAfter stated(FailureReport report) {
        Instant now = now(report);
        RetryAfter retryAfter = inHeaders(report);
        if (retryAfter == null) {
            retryAfter = RetryAfterInBody.in(report, now);
        }
        if (retryAfter == null && report.httpStatus() == TOO_MANY_REQUESTS) {
            retryAfter = emptyBucket(report.headers(), now);
        }
        return retryAfter;
    }

    /** The delay of a retry-after header; null without one. */
    static @Nullable RetryAfter inHeaders(FailureReport report) {
        return report.httpStatus() / 100 == 2 ? null : retryAfter(report.headers(), now(report));
    }

    /** The response's own date if it has one: the local clock may be wrong, and a date refers to the server's. */
    private static Instant now(FailureReport report) {
        return report.headers().first("date").map(Delays::instant).orElse(report.received());
    }

    private static @Nullable RetryAfter retryAfter(WireHeaders headers, Instant now) {
        for (String name : MILLIS_HEADERS) {
            RetryAfter retryAfter = header(headers, name, (value, same) -> Delays.number(value, 1), now);
            if (retryAfter != null) {
                return retryAfter;
            }
        }
        return header(headers, "retry-after", Delays::secondsOrInstant, now);
    }

    private static @Nullable RetryAfter header(
            WireHeaders headers, String name, BiFunction<String, Instant, @Nullable Duration> reader, Instant now) {
        String value = headers.first(name).orElse("");
        return RetryAfter.of(reader.apply(value, now), "header " + name, value);
    }

    /** The longest reset among the exhausted buckets: until then no request of this size succeeds. */
    private static @Nullable RetryAfter emptyBucket(WireHeaders headers, Instant now) {
        RetryAfter longest = headers.first("ratelimit")
                .map(value -> DRAFT.matcher(value.toLowerCase(Locale.ROOT)))
                .filter(found -> found.find())
                .map(found -> RetryAfter.of(
                        Delays.number(found.group(1), 1e3), "header ratelimit", "r=0, t=" + found.group(1)))
                .orElse(null);
        for (String name : headers.names()) {
            if (!name.contains("ratelimit") || !name.contains("reset") || !isEmpty(headers, name)) {
                continue;
            }
            RetryAfter reset = header(headers, name, Delays::reset, now);
            if (reset != null && (longest == null || reset.delay().compareTo(longest.delay()) > 0)) {
                longest = reset;
            }
        }
        return longest;
    }

    private static boolean isEmpty(WireHeaders headers, String resetName) {
        // "x-ratelimit-reset-after" goes with "x-ratelimit-remaining".
        String bucket = resetName.replaceFirst("-after$", "");
        String remaining = headers.first(bucket.replace("reset", "remaining")).orElse("");
        String status = headers.first(bucket.replace("reset", "status")).orElse("");
        return remaining.strip().matches("0(?:\\.0+)?") || status.equalsIgnoreCase("rejected");
    }
}
