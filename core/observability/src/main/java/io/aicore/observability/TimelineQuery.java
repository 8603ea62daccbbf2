package io.aicore.observability;

import io.aicore.internal.Check;
import io.r2dbc.spi.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The spans of a timeline as queries. The same text serves all databases. */
final class TimelineQuery {

    static final int MAX_BUCKETS = 2_000;

    private final long seconds;

    TimelineQuery(OperationFilter filter, Duration width) {
        this.seconds = width.toSeconds();
        boolean whole = seconds >= 1 && Duration.ofSeconds(seconds).equals(width);
        Check.that(whole, "width", width, "whole seconds, at least 1");
        Instant from = filter.from();
        Instant to = filter.to();
        if (from == null || to == null) {
            throw new IllegalArgumentException("from, to: missing (expected: both, which bounds the timeline)");
        }
        if (Duration.between(from, to).toSeconds() / seconds >= MAX_BUCKETS) {
            throw new IllegalArgumentException("width: " + width + " (expected: less than " + MAX_BUCKETS
                    + " spans from " + from + " to " + to + ")");
        }
    }

    String buckets(Conditions where) {
        return "SELECT " + number() + " AS bucket, CAST(SUM(retry_count) AS BIGINT) AS retries, "
                + StatisticsQuery.COMMON + " FROM " + OperationTable.NAME + where.sql() + " GROUP BY " + number()
                + " ORDER BY bucket";
    }

    TimelineBucket bucket(Row row) {
        long calls = StatisticsQuery.whole(row, "operations");
        return new TimelineBucket(
                start(row),
                calls,
                calls + StatisticsQuery.whole(row, "retries"),
                StatisticsQuery.successes(row),
                StatisticsQuery.latency(row),
                StatisticsQuery.totals(row));
    }

    String causes(Conditions where) {
        return "SELECT " + number() + " AS bucket, retried_for, COUNT(*) AS calls FROM " + OperationTable.NAME
                + where.sql() + " AND retried_for IS NOT NULL GROUP BY " + number()
                + ", retried_for ORDER BY bucket, retried_for";
    }

    CountsByName cause(Row row) {
        long calls = StatisticsQuery.whole(row, "calls");
        return new CountsByName(start(row), RetriesByCause.counts(OperationTable.text(row, "retried_for"), calls));
    }

    String failures(Conditions where) {
        return "SELECT " + number() + " AS bucket, COALESCE(category, '" + FailuresByCategory.UNKNOWN
                + "') AS failure, COUNT(*) AS calls FROM " + OperationTable.NAME + where.sql() + " GROUP BY "
                + number() + ", category ORDER BY bucket, failure";
    }

    CountsByName failure(Row row) {
        return new CountsByName(
                start(row), Map.of(OperationTable.text(row, "failure"), StatisticsQuery.whole(row, "calls")));
    }

    private String number() {
        return "started_us / " + seconds * 1_000_000;
    }

    private Instant start(Row row) {
        return Instant.ofEpochSecond(StatisticsQuery.whole(row, "bucket") * seconds);
    }
}
