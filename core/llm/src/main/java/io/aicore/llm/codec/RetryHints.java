package io.aicore.llm.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How long the server says to wait, first of: the millisecond headers, {@code retry-after}, the body, and on a 429 the
 * reset header of the bucket that is empty. A success's headers are not read: hosts send {@code retry-after} on 200s too.
 */
final class RetryHints {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_NODES = 2_000;
    // Azure sends "retry-after-ms: 0" beside "retry-after: 1": zero counts as absent there and everywhere.
    private static final List<String> MILLIS_HEADERS = List.of("retry-after-ms", "x-ms-retry-after-ms");

    // Names in bodies, letters and digits only. Google's RetryInfo; Cloudflare, LiteLLM and others; Hugging Face.
    private static final Set<String> SPAN_FIELDS = Set.of("retrydelay");
    private static final Set<String> SECONDS_FIELDS = Set.of(
            "retryafter", "retryafterseconds", "estimatedtime", "resetsinseconds", "resetinseconds", "waitseconds");
    private static final Set<String> MILLIS_FIELDS =
            Set.of("retryafterms", "retryaftermillis", "retryaftermilliseconds");
    private static final Set<String> RESET_FIELDS = Set.of("resetsat", "resetat", "xratelimitreset", "resettime");

    // "Please try again in 7m12.5s", "Please retry after 7 seconds", "Expected available in 30 seconds", "will be
    // replenished in 2.04:35:12", "wait 20 seconds", "请在 30 秒后重试".
    private static final Pattern SPAN_IN_TEXT = Pattern.compile(
            "(?:(?:try again|retry|retrying|available|resets?|replenished|renewed?|wait)(?: it)?(?: again)?"
                    + "(?: in| after| for| within| at least)?(?: about| approximately| at least| ~)?:?|请在?|等待) ?"
                    + "(" + Delays.CLOCK + "|" + Delays.SPAN + ")");
    // "30秒后重试", "10秒後に再試行", "5초 후 다시": there the word for "after" follows.
    private static final Pattern SPAN_BEFORE_AFTER = Pattern.compile("(" + Delays.SPAN + ") ?(?:之|以)?(?:后|後|후)");
    // "resets at 2026-05-15T15:00:00Z", "You will regain access on 2026-06-01 at 00:00 UTC", "try again at …".
    private static final Pattern INSTANT_IN_TEXT = Pattern.compile(
            "(?:try again|retry|resets?|available|access|renews?|until|after)(?: again)?(?: at| on| after)?:? ?" + "("
                    + Delays.INSTANT + ")");
    // The draft of the IETF: RateLimit: "default";r=0;t=30
    private static final Pattern DRAFT = Pattern.compile("\\br=0\\b[^,]*?\\bt=(\\d+)");

    private RetryHints() {}

    /** The delay stated by this report; null if there is none. */
    static @Nullable Duration delay(FailureReport report) {
        Instant now = now(report);
        Duration delay = headerDelay(report);
        if (delay == null) {
            delay = inBody(report, now);
        }
        if (delay == null && report.httpStatus() == TOO_MANY_REQUESTS) {
            delay = emptyBucket(report.headers(), now);
        }
        return delay;
    }

    /** The delay that a retry-after header states; null if there is none. */
    static @Nullable Duration headerDelay(FailureReport report) {
        return report.httpStatus() / 100 == 2 ? null : retryAfter(report.headers(), now(report));
    }

    /** The response's own clock where it tells it: ours may be wrong, and a date is meant by the server's. */
    private static Instant now(FailureReport report) {
        return report.headers().first("date").map(Delays::instant).orElse(report.received());
    }

    private static @Nullable Duration retryAfter(WireHeaders headers, Instant now) {
        for (String name : MILLIS_HEADERS) {
            Duration delay =
                    headers.first(name).map(value -> Delays.number(value, 1)).orElse(null);
            if (delay != null) {
                return delay;
            }
        }
        String value = headers.first("retry-after").orElse("");
        Duration seconds = Delays.number(value, 1e3);
        Duration span = seconds != null ? seconds : Delays.span(value);
        return span != null ? span : Delays.until(value, now);
    }

    private static @Nullable Duration inBody(FailureReport report, Instant now) {
        int[] left = {MAX_NODES};
        for (JsonNode tree : report.trees()) {
            Duration delay = inTree(tree, now, left);
            if (delay != null) {
                return delay;
            }
        }
        for (Pattern pattern : List.of(SPAN_IN_TEXT, SPAN_BEFORE_AFTER)) {
            Matcher span = pattern.matcher(report.text());
            while (span.find()) {
                Duration delay = Delays.span(span.group(1));
                if (delay != null) {
                    return delay;
                }
            }
        }
        Matcher instant = INSTANT_IN_TEXT.matcher(report.text());
        return instant.find() ? Delays.until(instant.group(1), now) : null;
    }

    private static @Nullable Duration inTree(JsonNode node, Instant now, int[] left) {
        if (left[0]-- <= 0) {
            return null;
        }
        if (node.isObject()) {
            for (var entry : node.properties()) {
                Duration delay = field(ErrorBody.word(entry.getKey()), entry.getValue(), now);
                if (delay != null) {
                    return delay;
                }
            }
        }
        for (JsonNode child : node.values()) {
            Duration delay = child.isContainer() ? inTree(child, now, left) : null;
            if (delay != null) {
                return delay;
            }
        }
        return null;
    }

    private static @Nullable Duration field(String name, JsonNode value, Instant now) {
        if (SPAN_FIELDS.contains(name) && value.isObject()) {
            Long seconds = Json.whole(value, "seconds");
            Long nanos = Json.whole(value, "nanos");
            return Delays.millis((seconds == null ? 0 : seconds) * 1e3 + (nanos == null ? 0 : nanos) / 1e6);
        }
        String text = Json.scalar(value);
        if (text == null) {
            return null;
        }
        if (MILLIS_FIELDS.contains(name)) {
            return Delays.number(text, 1);
        }
        if (SPAN_FIELDS.contains(name) || SECONDS_FIELDS.contains(name)) {
            Duration seconds = Delays.number(text, 1e3);
            return seconds != null ? seconds : Delays.span(text);
        }
        return RESET_FIELDS.contains(name) ? Delays.reset(text, now) : null;
    }

    /** The longest reset among the buckets of which nothing remains: until then no request of this size passes. */
    private static @Nullable Duration emptyBucket(WireHeaders headers, Instant now) {
        Duration longest = headers.first("ratelimit")
                .map(value -> DRAFT.matcher(value.toLowerCase(Locale.ROOT)))
                .filter(Matcher::find)
                .map(found -> Delays.number(found.group(1), 1e3))
                .orElse(null);
        for (String name : headers.names()) {
            if (!name.contains("ratelimit") || !name.contains("reset") || !isEmpty(headers, name)) {
                continue;
            }
            Duration reset =
                    headers.first(name).map(value -> Delays.reset(value, now)).orElse(null);
            if (reset != null && (longest == null || reset.compareTo(longest) > 0)) {
                longest = reset;
            }
        }
        return longest;
    }

    private static boolean isEmpty(WireHeaders headers, String resetName) {
        String remaining =
                headers.first(resetName.replace("reset", "remaining")).orElse("");
        String status = headers.first(resetName.replace("reset", "status")).orElse("");
        return remaining.strip().matches("0(?:\\.0+)?") || status.equalsIgnoreCase("rejected");
    }
}
