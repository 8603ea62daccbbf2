package io.aicore.observability.dashboard;

import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.OperationFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the query string of a request. An empty value counts as absent; unknown parameters are rejected by name. */
final class Parameters {

    static final int MAX_ROWS = 200;
    private static final int ROWS = 50;
    private static final int MAX_CHARS = 1_000;
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final long MAX_MILLIS = LONGEST.toMillis();
    private static final long MAX_TOKENS = 1_000_000_000_000L;
    // What every database can hold and every browser can show.
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final Map<String, Duration> RANGES = ranges();
    private static final Set<String> NAMES = Set.of("""
            range from to provider model outcome category retried minTokens maxTokens minLatency maxLatency session
            workspace agent text limit before beforeId id""".split("\\s+"));

    private final Map<String, List<String>> values;

    /** A time range, its end excluded. */
    record Range(Instant from, Instant to) {}

    private record Bounds(@Nullable Long least, @Nullable Long most) {}

    /** The last call of the previous page. */
    record Place(Instant start, String id) {}

    Parameters(Map<String, List<String>> values) {
        this.values = values;
        values.forEach((name, given) -> {
            if (!NAMES.contains(name)) {
                throw new BadParameterException(shortened(name), "unknown");
            }
            if (given.size() > 1) {
                throw new BadParameterException(name, "given " + given.size() + " times (expected: once)");
            }
        });
    }

    /** The last hour by default. */
    Range range(Instant now) {
        Instant to = instant("to");
        Instant from = instant("from");
        String range = value("range");
        if (range != null && (from != null || to != null)) {
            throw new BadParameterException("range", "given with from or to (expected: either of them)");
        }
        // The present second is part of it.
        Instant end = to == null ? now.plusSeconds(1) : to;
        Instant begin = from == null ? end.minus(span(range == null ? "1h" : range)) : from;
        if (!begin.isBefore(end)) {
            throw new BadParameterException("from", begin + " (expected: before to, " + end + ")");
        }
        if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
            throw new BadParameterException("from", begin + " (expected: at most ten years before to)");
        }
        return new Range(begin, end);
    }

    OperationFilter filter(Range range) {
        String outcome = value("outcome");
        Bounds tokens = bounds("minTokens", "maxTokens", MAX_TOKENS);
        Bounds latency = bounds("minLatency", "maxLatency", MAX_MILLIS);
        OperationFilter filter = OperationFilter.ALL
                .from(range.from())
                .to(range.to())
                .provider(value("provider"))
                .model(value("model"))
                .outcome(outcome == null ? null : outcome(outcome))
                .category(value("category"))
                .tokens(tokens.least(), tokens.most())
                .latency(millis(latency.least()), millis(latency.most()))
                .session(value("session"))
                .workspace(value("workspace"))
                .agent(value("agent"))
                .text(value("text"));
        return retried() ? filter.retried() : filter;
    }

    long rows() {
        Long limit = whole("limit", 1, MAX_ROWS);
        return limit == null ? ROWS : limit;
    }

    @Nullable
    Place place() {
        Instant before = instant("before");
        String id = value("beforeId");
        if ((before == null) != (id == null)) {
            throw new BadParameterException(before == null ? "before" : "beforeId", "missing (expected: both or none)");
        }
        return before == null || id == null ? null : new Place(before, id);
    }

    String id() {
        String id = value("id");
        if (id == null) {
            throw new BadParameterException("id", "missing");
        }
        return id;
    }

    private boolean retried() {
        String retried = value("retried");
        if (retried != null && !retried.equals("true") && !retried.equals("false")) {
            throw new BadParameterException("retried", "'" + shortened(retried) + "' (expected: true or false)");
        }
        return "true".equals(retried);
    }

    private static Duration span(String range) {
        Duration span = RANGES.get(range);
        if (span == null) {
            throw new BadParameterException(
                    "range", "'" + shortened(range) + "' (expected: one of " + RANGES.keySet() + ")");
        }
        return span;
    }

    private static CallOutcome outcome(String word) {
        for (CallOutcome outcome : CallOutcome.values()) {
            if (outcome.word().equals(word)) {
                return outcome;
            }
        }
        throw new BadParameterException("outcome", "'" + shortened(word) + "' (expected: success, error or cancelled)");
    }

    private static @Nullable Duration millis(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private Bounds bounds(String least, String most, long highest) {
        Bounds bounds = new Bounds(whole(least, 0, highest), whole(most, 0, highest));
        if (bounds.least() != null && bounds.most() != null && bounds.least() > bounds.most()) {
            throw new BadParameterException(
                    least, bounds.least() + " (expected: at most " + most + ", " + bounds.most() + ")");
        }
        return bounds;
    }

    private @Nullable Long whole(String name, long lowest, long highest) {
        String text = value(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) < lowest || Long.parseLong(text) > highest) {
            throw new BadParameterException(
                    name,
                    "'" + shortened(text) + "' (expected: a whole number from " + lowest + " to " + highest + ")");
        }
        return Long.valueOf(text);
    }

    private @Nullable Instant instant(String name) {
        String text = value(name);
        if (text == null) {
            return null;
        }
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // Refused below, as a time out of bounds is.
        }
        throw new BadParameterException(
                name, "'" + shortened(text) + "' (expected: a time as 2026-11-23T14:00:00Z, from 1970 to 9999)");
    }

    private @Nullable String value(String name) {
        List<String> given = values.get(name);
        String value = given == null ? "" : given.get(0);
        if (value.length() > MAX_CHARS) {
            throw new BadParameterException(name, value.length() + " characters (expected: at most " + MAX_CHARS + ")");
        }
        // PostgreSQL has no text with this character: the error would read as if the database were away.
        if (value.indexOf('\0') >= 0) {
            throw new BadParameterException(name, "contains the character NUL (expected: text without it)");
        }
        return value.isEmpty() ? null : value;
    }

    private static String shortened(@Nullable String text) {
        return text == null ? "" : text.substring(0, Math.min(text.length(), 60));
    }

    private static Map<String, Duration> ranges() {
        Map<String, Duration> ranges = new LinkedHashMap<>();
        ranges.put("15m", Duration.ofMinutes(15));
        ranges.put("1h", Duration.ofHours(1));
        ranges.put("6h", Duration.ofHours(6));
        ranges.put("24h", Duration.ofDays(1));
        ranges.put("7d", Duration.ofDays(7));
        ranges.put("30d", Duration.ofDays(30));
        return ranges;
    }
}
