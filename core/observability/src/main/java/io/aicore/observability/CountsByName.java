package io.aicore.observability;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import reactor.core.publisher.Flux;

/** A part of the counts by name in one bucket of a timeline. */
record CountsByName(Instant start, Map<String, Long> counts) {

    /** One per bucket of these parts, which are sorted by bucket. */
    static <T> Flux<T> gathered(Flux<CountsByName> parts, BiFunction<Instant, Map<String, Long>, T> together) {
        return parts.windowUntilChanged(CountsByName::start)
                .concatMap(span -> span.collectList())
                .map(span -> {
                    Map<String, Long> sums = new TreeMap<>();
                    span.forEach(part -> part.counts().forEach((name, count) -> sums.merge(name, count, Long::sum)));
                    return together.apply(span.get(0).start(), sums);
                });
    }
}
