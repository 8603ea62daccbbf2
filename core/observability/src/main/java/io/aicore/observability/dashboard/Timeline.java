package io.aicore.observability.dashboard;

import io.aicore.observability.FailuresByCategory;
import io.aicore.observability.RetriesByCause;
import io.aicore.observability.RetryStatistics;
import io.aicore.observability.TimelineBucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Timelines as the charts draw them: one list a figure, with a place for each span, whether something happened or not. */
final class Timeline {

    private Timeline() {}

    static Map<String, Object> calls(TimeAxis axis, List<TimelineBucket> buckets) {
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put("start", axis.starts());
        lists.put("calls", list(axis, buckets, 0L, TimelineBucket::calls));
        lists.put("attempts", list(axis, buckets, 0L, TimelineBucket::attempts));
        lists.put(
                "successes",
                list(axis, buckets, 0L, bucket -> bucket.successes().calls()));
        lists.put(
                "firstTries",
                list(axis, buckets, 0L, bucket -> bucket.successes().firstTry()));
        lists.put(
                "waited",
                list(
                        axis,
                        buckets,
                        0.0,
                        bucket -> ViewModel.millis(bucket.totals().waited())));
        lists.put(
                "p50",
                list(
                        axis,
                        buckets,
                        null,
                        bucket -> ViewModel.millis(bucket.latency().p50())));
        lists.put(
                "p95",
                list(
                        axis,
                        buckets,
                        null,
                        bucket -> ViewModel.millis(bucket.latency().p95())));
        lists.put(
                "p99",
                list(
                        axis,
                        buckets,
                        null,
                        bucket -> ViewModel.millis(bucket.latency().p99())));
        lists.put("cost", list(axis, buckets, "0", Timeline::cost));
        lists.put(
                "unpriced",
                list(axis, buckets, 0L, bucket -> bucket.totals().unknown().prices()));
        return lists;
    }

    /** Null where calls cost something that is not known: that is not nothing. */
    private static @Nullable String cost(TimelineBucket bucket) {
        RetryStatistics.Totals totals = bucket.totals();
        return totals.costUsd() == null && totals.unknown().prices() == 0 ? "0" : ViewModel.exact(totals.costUsd());
    }

    /** By cause, in alphabetical order. */
    static Map<String, Object> causes(TimeAxis axis, List<RetriesByCause> buckets) {
        return byName(axis, buckets, RetriesByCause::start, RetriesByCause::retries);
    }

    /** By category, in alphabetical order. */
    static Map<String, Object> failures(TimeAxis axis, List<FailuresByCategory> buckets) {
        return byName(axis, buckets, FailuresByCategory::start, FailuresByCategory::calls);
    }

    private static <T> Map<String, Object> byName(
            TimeAxis axis, List<T> buckets, Function<T, Instant> start, Function<T, Map<String, Long>> counts) {
        Map<String, Object> lists = new TreeMap<>();
        buckets.stream()
                .flatMap(bucket -> counts.apply(bucket).keySet().stream())
                .distinct()
                .forEach(name -> {
                    List<@Nullable Object> list = new ArrayList<>(Collections.nCopies(axis.count(), 0L));
                    buckets.forEach(bucket -> list.set(
                            axis.index(start.apply(bucket)),
                            counts.apply(bucket).getOrDefault(name, 0L)));
                    lists.put(name, list);
                });
        return lists;
    }

    private static List<@Nullable Object> list(
            TimeAxis axis,
            List<TimelineBucket> buckets,
            @Nullable Object none,
            Function<TimelineBucket, @Nullable Object> figure) {
        List<@Nullable Object> list = new ArrayList<>(Collections.nCopies(axis.count(), none));
        buckets.forEach(bucket -> list.set(axis.index(bucket.start()), figure.apply(bucket)));
        return list;
    }
}
