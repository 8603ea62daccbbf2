package io.aicore.observability;

import static io.aicore.observability.Column.required;

import io.r2dbc.spi.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Computes statistics in the database with one query. The SQL is the same for all databases. */
final class StatisticsQuery {

    /** The columns shared with the timeline. */
    static final String COMMON = "COUNT(*) AS operations,"
            + percentile("0.5", "p50")
            + percentile("0.95", "p95")
            + percentile("0.99", "p99")
            + count("outcome = 'success'", "successes")
            + count("outcome = 'success' AND retry_count = 0", "first_tries")
            + count(answered("cost_usd IS NULL"), "unpriced")
            + count(answered("input_tokens IS NULL"), "uncounted")
            + " SUM(waited_us) AS waited,"
            // Sums are numbers of any size; that of two columns of a row is not.
            + " COALESCE(SUM(input_tokens), 0) + COALESCE(SUM(output_tokens), 0) AS tokens,"
            + " SUM(cost_usd) AS cost";

    private static final String FIGURES =
            COMMON + ", AVG(CAST(retry_count AS DOUBLE PRECISION)) AS mean_retries, MAX(retry_count) AS max_retries";

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final List<GroupBy> groups;

    StatisticsQuery(List<GroupBy> groups) {
        this.groups = groups.stream().distinct().toList();
    }

    String sql(Conditions where) {
        if (groups.isEmpty()) {
            return "SELECT " + FIGURES + " FROM " + OperationTable.NAME + where.sql() + " HAVING COUNT(*) > 0";
        }
        List<String> columns = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            columns.add(groups.get(i).sql() + " AS group_" + i);
            numbers.add("group_" + i);
        }
        String by = String.join(", ", numbers);
        String expressions = groups.stream().map(GroupBy::sql).collect(Collectors.joining(", "));
        return "SELECT " + String.join(", ", columns) + ", " + FIGURES + " FROM " + OperationTable.NAME + where.sql()
                + " GROUP BY " + expressions + " ORDER BY " + by;
    }

    RetryStatistics read(Row row) {
        Map<GroupBy, String> group = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            GroupBy by = groups.get(i);
            group.put(by, by.shown(OperationTable.text(row, "group_" + i)));
        }
        return new RetryStatistics(
                group,
                whole(row, "operations"),
                new RetryStatistics.Retries(number(row, "mean_retries"), (int) whole(row, "max_retries")),
                successes(row),
                latency(row),
                totals(row));
    }

    static RetryStatistics.Successes successes(Row row) {
        return new RetryStatistics.Successes(whole(row, "successes"), whole(row, "first_tries"));
    }

    static RetryStatistics.Totals totals(Row row) {
        return new RetryStatistics.Totals(
                Duration.of(sum(row, "waited"), ChronoUnit.MICROS),
                sum(row, "tokens"),
                row.get("cost", BigDecimal.class),
                new RetryStatistics.Unknown(whole(row, "unpriced"), whole(row, "uncounted")));
    }

    static RetryStatistics.Percentiles latency(Row row) {
        return new RetryStatistics.Percentiles(time(row, "p50"), time(row, "p95"), time(row, "p99"));
    }

    private static String percentile(String part, String name) {
        return " CAST(PERCENTILE_CONT(" + part + ") WITHIN GROUP (ORDER BY latency_us) AS DOUBLE PRECISION) AS " + name
                + ",";
    }

    /**
     * Of calls with at least a partial answer. All columns are in the index, because others would cost a read per row.
     */
    private static String answered(String condition) {
        return condition + " AND (outcome = 'success' OR input_tokens IS NOT NULL)";
    }

    private static String count(String condition, String name) {
        return " CAST(SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END) AS BIGINT) AS " + name + ",";
    }

    static long whole(Row row, String name) {
        return required(row.get(name, Number.class), name).longValue();
    }

    /** At most {@link Long#MAX_VALUE}. */
    private static long sum(Row row, String name) {
        return required(row.get(name, BigDecimal.class), name).min(MOST).longValue();
    }

    private static double number(Row row, String name) {
        return required(row.get(name, Number.class), name).doubleValue();
    }

    private static Duration time(Row row, String name) {
        return Duration.ofNanos(Math.round(number(row, name) * 1_000));
    }
}
