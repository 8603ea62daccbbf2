package io.aicore.observability.metrics;

import static io.aicore.observability.metrics.LlmMeterDocumentation.RETRIES;

import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.observability.metrics.LlmMeterDocumentation.Tag;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The meters of all calls of an observer. */
final class CallMeters {

    private static final Duration[] SECONDS = LongStream.iterate(10, bound -> bound * 2)
            .limit(14)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<LlmMeterDocumentation, MeterProvider<Timer>> durations =
            new EnumMap<>(LlmMeterDocumentation.class);
    private final GenAiConventions names;
    private final MeterProvider<Timer> firstChunk;
    private final MeterProvider<Timer> perChunk;
    private final TokenMeters tokens;
    private final MeterProvider<Counter> retries;
    private final CircuitGauges circuits;
    private final BoundedNames models = new BoundedNames();

    CallMeters(MeterRegistry registry, GenAiConventions names) {
        this.names = names;
        for (CallKind kind : CallKind.values()) {
            durations.computeIfAbsent(
                    names.duration(kind),
                    meter -> timer(meter, "Duration of calls, waits and retries included", registry));
        }
        firstChunk = timer(names.timeToFirstChunk(), "Time to the first token of a stream", registry);
        perChunk = timer(names.timePerOutputChunk(), "Time between chunks of a stream", registry);
        tokens = TokenMeters.of(names, registry);
        retries = Counter.builder(RETRIES.getName())
                .description("Retries by cause")
                .withRegistry(registry);
        circuits = new CircuitGauges(registry);
    }

    private static MeterProvider<Timer> timer(LlmMeterDocumentation meter, String what, MeterRegistry registry) {
        return Timer.builder(meter.getName())
                .description(what)
                .serviceLevelObjectives(SECONDS)
                .withRegistry(registry);
    }

    /** The meters of one call. */
    CallCounts of(LlmCallContext call, LlmCallConvention convention) {
        FaultIsolation.run(() -> circuits.follow(call));
        return new CallCounts() {

            private @Nullable Timer chunks;

            @Override
            public void retried(String cause) {
                retries.withTags(tags(call, convention).and(tag(Tag.ERROR_TYPE, cause)))
                        .increment();
            }

            @Override
            public void chunk(Duration gap) {
                Timer timer = chunks;
                if (timer == null) {
                    timer = perChunk.withTags(tags(call, convention));
                    chunks = timer;
                }
                timer.record(gap);
            }

            @Override
            public void ended(CallEnd end) {
                record(
                        call.start().request().kind(),
                        tags(call, convention).and(tag(Tag.RESPONSE_MODEL, responseModel(end))),
                        end);
            }
        };
    }

    private void record(CallKind kind, Tags tags, CallEnd end) {
        String error = end.error() == null ? KeyValue.NONE_VALUE : ErrorTypes.of(end.error());
        Tags howItEnded = tags.and(
                tag(Tag.ERROR_TYPE, error), tag(Tag.OUTCOME, end.outcome().word()));
        MeterProvider<Timer> duration = durations.get(names.duration(kind));
        if (duration != null) {
            duration.withTags(howItEnded).record(end.latency());
        }
        if (end.timeToFirstToken() != null) {
            firstChunk.withTags(tags).record(end.timeToFirstToken());
        }
        if (end.usage() != null) {
            tokens.record(kind, tags, end.usage());
        }
    }

    private String responseModel(CallEnd end) {
        return end.answer() == null || end.answer().model().isEmpty()
                ? KeyValue.NONE_VALUE
                : models.bounded(end.answer().model());
    }

    /**
     * The tags of the observation, after its convention and filters; without an observation, those of the convention.
     */
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
