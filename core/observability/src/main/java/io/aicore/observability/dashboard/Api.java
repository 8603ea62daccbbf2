package io.aicore.observability.dashboard;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.FailuresByCategory;
import io.aicore.observability.GroupBy;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.ModelName;
import io.aicore.observability.OperationFilter;
import io.aicore.observability.RetriesByCause;
import io.aicore.observability.RetryStatistics;
import io.aicore.observability.TimelineBucket;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The queries of the page. Empty for an unknown name. */
final class Api {

    private static final long MAX_NAMES = 1_000;
    private static final int MAX_GROUPS = 200;
    private static final int MAX_READ = 5_000;

    private final LlmOperationCollector collector;
    private final Clock clock;
    private final Mono<String> mark;
    private final QueryLimit queries = new QueryLimit();
    private final Circuits circuits;
    private final Admissions admissions;

    Api(LlmOperationCollector collector, Clock clock, Mono<String> mark) {
        this.collector = collector;
        this.clock = clock;
        this.mark = mark;
        this.circuits = new Circuits(collector, queries);
        this.admissions = new Admissions(collector);
    }

    Mono<Map<String, @Nullable Object>> answer(String question, Parameters parameters) {
        return switch (question) {
            case "overview" -> overview(parameters);
            case "groups" -> groups(parameters);
            case "names" -> names(parameters);
            case "circuits" -> circuits.in(parameters.range(clock.instant()));
            case "admission" -> Mono.fromSupplier(admissions::now);
            case "operations" -> operations(parameters);
            case "operation" -> operation(parameters.id());
            default -> Mono.empty();
        };
    }

    /** All figures of the charts but those by provider and model. */
    private Mono<Map<String, @Nullable Object>> overview(Parameters parameters) {
        Parameters.Range range = parameters.range(clock.instant());
        OperationFilter filter = parameters.filter(range);
        TimeAxis axis = TimeAxis.of(range);
        Mono<List<TimelineBucket>> timeline = queries.all(collector.timeline(filter, axis.duration()));
        Mono<List<RetriesByCause>> causes = queries.all(collector.retriesByCause(filter, axis.duration()));
        Mono<List<RetryStatistics>> totals = queries.all(collector.retryStatistics(filter));
        Mono<List<FailuresByCategory>> failures = queries.all(collector.failuresByCategory(filter, axis.duration()));
        // The mark first: what is written while we read is news to the viewer.
        return queries.one(mark)
                .flatMap(known -> Mono.zip(timeline, totals, causes, failures).map(read -> {
                    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
                    answer.put("mark", known);
                    answer.put("from", range.from().toString());
                    answer.put("to", range.to().toString());
                    answer.put("width", axis.width());
                    answer.put("dropped", collector.dropped());
                    answer.put(
                            "totals",
                            read.getT2().isEmpty()
                                    ? null
                                    : ViewModel.statistics(read.getT2().get(0)));
                    answer.put("timeline", Timeline.calls(axis, read.getT1()));
                    answer.put("causes", Timeline.causes(axis, read.getT3()));
                    answer.put("failures", Timeline.failures(axis, read.getT4()));
                    return answer;
                }));
    }

    /** Groups with the most failures first. */
    private Mono<Map<String, @Nullable Object>> groups(Parameters parameters) {
        OperationFilter filter = parameters.filter(parameters.range(clock.instant()));
        Mono<List<RetryStatistics>> models = queries.all(collector
                .retryStatistics(filter, GroupBy.PROVIDER, GroupBy.MODEL)
                .take(MAX_READ));
        return Mono.zip(models, failures(filter)).map(read -> {
            List<RetryStatistics> groups = read.getT1();
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put(
                    "groups",
                    groups.stream()
                            .sorted(Comparator.comparingLong(Api::failed)
                                    .thenComparing(RetryStatistics::operations)
                                    .reversed())
                            .limit(MAX_GROUPS)
                            .map(ViewModel::statistics)
                            .toList());
            answer.put("cut", groups.size() > MAX_GROUPS);
            answer.put("failures", read.getT2());
            return answer;
        });
    }

    /** The last failure of each failed call, by provider. */
    private Mono<List<Map<String, Object>>> failures(OperationFilter filter) {
        if (filter.outcome() != null && filter.outcome() != CallOutcome.ERROR) {
            return Mono.just(List.of());
        }
        return queries.all(collector
                        .retryStatistics(filter.outcome(CallOutcome.ERROR), GroupBy.PROVIDER, GroupBy.CATEGORY)
                        .take(MAX_READ))
                .map(groups -> groups.stream()
                        .map(group -> Map.<String, Object>of(
                                "provider",
                                group.provider(),
                                "category",
                                group.group().getOrDefault(GroupBy.CATEGORY, ""),
                                "calls",
                                group.operations()))
                        .toList());
    }

    private static long failed(RetryStatistics group) {
        return group.operations() - group.successes().calls();
    }

    /** For the lists of the filters: the names in the time range, regardless of other filters. */
    private Mono<Map<String, @Nullable Object>> names(Parameters parameters) {
        Parameters.Range range = parameters.range(clock.instant());
        OperationFilter filter =
                OperationFilter.ALL.from(range.from()).to(range.to()).limit(MAX_NAMES);
        return queries.all(collector.models(filter)).map(names -> {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put(
                    "providers",
                    names.stream().map(ModelName::provider).distinct().toList());
            answer.put(
                    "models",
                    names.stream()
                            .map(name -> Map.of("provider", name.provider(), "model", name.model()))
                            .toList());
            answer.put(
                    "categories",
                    Stream.of(ErrorCategory.values()).map(ErrorCategory::word).toList());
            return answer;
        });
    }

    private Mono<Map<String, @Nullable Object>> operations(Parameters parameters) {
        long rows = parameters.rows();
        Parameters.Place place = parameters.place();
        // One more than is shown tells whether there is a next page.
        OperationFilter filter =
                parameters.filter(parameters.range(clock.instant())).limit(rows + 1);
        return queries.all(
                        place == null
                                ? collector.operations(filter)
                                : collector.operationsAfter(filter, place.start(), place.id()))
                .map(calls -> {
                    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
                    answer.put(
                            "operations",
                            calls.stream().limit(rows).map(ViewModel::row).toList());
                    answer.put("next", calls.size() > rows ? place(calls.get((int) rows - 1)) : null);
                    return answer;
                });
    }

    private static Map<String, Object> place(LlmOperation last) {
        return Map.of("before", last.start().toString(), "beforeId", last.id());
    }

    private Mono<Map<String, @Nullable Object>> operation(String id) {
        return queries.one(collector.operation(id)).map(ViewModel::detail);
    }
}
