package io.aicore.observability.metrics;

import static io.aicore.observability.metrics.LlmMeterDocumentation.RETRIES;

import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.observability.metrics.LlmMeterDocumentation.Tag;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The meters of all calls of an observer. */
final class CallMeters {

    private static final Duration[] SECONDS = LongStream.iterate(10, bound -> bound * 2)
            .limit(14)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<LlmMeterDocumentation, MeterCache<Timer>> durations = new EnumMap<>(LlmMeterDocumentation.class);
    private final GenAiConventions names;
    private final MeterCache<Timer> firstChunk;
    private final MeterCache<Timer> perChunk;
    private final TokenMeters tokens;
    private final MeterCache<Counter> retries;
    private final CircuitGauges circuits;
    private final AdmissionGauges admissions;
    private final BoundedNames models = new BoundedNames();

    CallMeters(MeterRegistry registry, GenAiConventions names) {
        this.names = names;
        for (CallKind kind : CallKind.values()) {
            durations.computeIfAbsent(
                    names.duration(kind),
                    meter -> timer(
                            meter,
                            "Duration of calls, waits and retries included",
                            registry,
                            Tag.RESPONSE_MODEL,
                            Tag.ERROR_TYPE,
                            Tag.OUTCOME));
        }
        firstChunk =
                timer(names.timeToFirstChunk(), "Time to the first token of a stream", registry, Tag.RESPONSE_MODEL);
        perChunk = timer(names.timePerOutputChunk(), "Time between chunks of a stream", registry);
        tokens = TokenMeters.of(names, registry);
        retries = new MeterCache<>(
                registry,
                Counter.builder(RETRIES.getName())
                        .description("Retries by cause")
                        .withRegistry(registry),
                Tag.ERROR_TYPE);
        circuits = new CircuitGauges(registry);
        admissions = new AdmissionGauges(registry);
    }

    private static MeterCache<Timer> timer(
            LlmMeterDocumentation meter, String what, MeterRegistry registry, Tag... further) {
        return new MeterCache<>(
                registry,
                Timer.builder(meter.getName())
                        .description(what)
                        .serviceLevelObjectives(SECONDS)
                        .withRegistry(registry),
                further);
    }

    /** The meters of one call. */
    CallCounts of(LlmCallContext call, LlmCallConvention convention) {
        FaultIsolation.run(() -> {
            circuits.follow(call);
            admissions.follow(call);
        });
        return new CallCounts() {

            private @Nullable Timer chunks;

            @Override
            public void retried(String cause) {
                retries.of(tags(call, convention), List.of(cause)).increment();
            }

            @Override
            public void chunk(Duration gap) {
                Timer timer = chunks;
                if (timer == null) {
                    timer = perChunk.of(tags(call, convention), List.of());
                    chunks = timer;
                }
                timer.record(gap);
            }

            @Override
            public void ended(CallEnd end) {
                record(call.start().request().kind(), tags(call, convention), end);
            }
        };
    }

    private void record(CallKind kind, KeyValues tags, CallEnd end) {
        String responseModel = responseModel(end);
        String error = end.error() == null ? KeyValue.NONE_VALUE : ErrorTypes.of(end.error());
        MeterCache<Timer> duration = durations.get(names.duration(kind));
        if (duration != null) {
            duration.of(tags, List.of(responseModel, error, end.outcome().word()))
                    .record(end.latency());
        }
        if (end.timeToFirstToken() != null) {
            firstChunk.of(tags, List.of(responseModel)).record(end.timeToFirstToken());
        }
        if (end.usage() != null) {
            tokens.record(kind, tags, responseModel, end.usage());
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
    private static KeyValues tags(LlmCallContext call, LlmCallConvention convention) {
        KeyValues observed = call.getLowCardinalityKeyValues();
        return KeyValueSet.isEmpty(observed) ? convention.getLowCardinalityKeyValues(call) : observed;
    }
}
