package io.aicore.observability.metrics;

import static io.aicore.observability.metrics.LlmMeterDocumentation.OPERATION_DURATION;
import static io.aicore.observability.metrics.LlmMeterDocumentation.RETRIES;
import static io.aicore.observability.metrics.LlmMeterDocumentation.TIME_TO_FIRST_CHUNK;
import static io.aicore.observability.metrics.LlmMeterDocumentation.TOKEN_USAGE;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallEnd;
import io.aicore.observability.metrics.LlmMeterDocumentation.Tag;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** The meters of all calls of an observer. */
final class CallMeters {

    private static final Duration[] SECONDS = LongStream.iterate(10, bound -> bound * 2)
            .limit(14)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final double[] TOKENS =
            DoubleStream.iterate(1, bound -> bound * 4).limit(14).toArray();

    private final MeterProvider<Timer> duration;
    private final MeterProvider<Timer> firstChunk;
    private final MeterProvider<DistributionSummary> tokens;
    private final MeterProvider<Counter> retries;
    private final CircuitGauges circuits;
    private final BoundedNames models = new BoundedNames();

    CallMeters(MeterRegistry registry) {
        duration = Timer.builder(OPERATION_DURATION.getName())
                .description("How long calls took")
                .serviceLevelObjectives(SECONDS)
                .withRegistry(registry);
        firstChunk = Timer.builder(TIME_TO_FIRST_CHUNK.getName())
                .description("Until the first token of a stream")
                .serviceLevelObjectives(SECONDS)
                .withRegistry(registry);
        tokens = DistributionSummary.builder(TOKEN_USAGE.getName())
                .description("Tokens of calls")
                .serviceLevelObjectives(TOKENS)
                .withRegistry(registry);
        retries = Counter.builder(RETRIES.getName())
                .description("Retries by what they are for")
                .withRegistry(registry);
        circuits = new CircuitGauges(registry);
    }

    /** The meters of one call. */
    CallCounts of(LlmCallContext call, LlmCallConvention convention) {
        Shield.run(() -> circuits.follow(call));
        return new CallCounts() {
            @Override
            public void retried(String cause) {
                retries.withTags(tags(call, convention).and(tag(Tag.ERROR_TYPE, cause)))
                        .increment();
            }

            @Override
            public void ended(CallEnd end) {
                record(tags(call, convention).and(tag(Tag.RESPONSE_MODEL, responseModel(end))), end);
            }
        };
    }

    private void record(Tags tags, CallEnd end) {
        String error = end.error() == null ? KeyValue.NONE_VALUE : ErrorTypes.of(end.error());
        Tags howItEnded = tags.and(
                tag(Tag.ERROR_TYPE, error), tag(Tag.OUTCOME, end.outcome().word()));
        duration.withTags(howItEnded).record(end.latency());
        if (end.timeToFirstToken() != null) {
            firstChunk.withTags(tags).record(end.timeToFirstToken());
        }
        Usage usage = end.usage();
        if (usage != null) {
            tokens.withTags(tags.and(tag(Tag.TOKEN_TYPE, "input"))).record((double) usage.inputTokens());
            tokens.withTags(tags.and(tag(Tag.TOKEN_TYPE, "output"))).record((double) usage.outputTokens());
        }
    }

    private String responseModel(CallEnd end) {
        return end.answer() == null || end.answer().model().isEmpty()
                ? KeyValue.NONE_VALUE
                : models.bounded(end.answer().model());
    }

    /** As the observation has them, with what its convention and filters made of it; without one, by the convention. */
    private static Tags tags(LlmCallContext call, LlmCallConvention convention) {
        KeyValues observed = call.getLowCardinalityKeyValues();
        KeyValues known = observed.iterator().hasNext() ? observed : convention.getLowCardinalityKeyValues(call);
        return Tags.of(known.stream()
                .map(each -> io.micrometer.core.instrument.Tag.of(each.getKey(), each.getValue()))
                .toList());
    }

    private static io.micrometer.core.instrument.Tag tag(Tag name, String value) {
        return io.micrometer.core.instrument.Tag.of(name.asString(), value);
    }
}
