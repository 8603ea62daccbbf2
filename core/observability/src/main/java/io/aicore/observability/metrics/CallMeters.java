package io.aicore.observability.metrics;

import static io.aicore.observability.metrics.LlmMeterDocumentation.RETRIES;

import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.observability.metrics.EndMeters.Ending;
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
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The meters of all calls of an observer. */
final class CallMeters {

    private static final Duration[] SECONDS = LongStream.iterate(10, bound -> bound * 2)
            .limit(14)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** The tags of a call and the cause of its retry. */
    private record Retried(KeyValues call, String cause) {}

    private final Map<CallKind, MeterProvider<Timer>> durations = new EnumMap<>(CallKind.class);
    private final MeterProvider<Timer> firstChunk;
    private final TokenMeters tokens;
    private final MeterCache<Ending, EndMeters> ends;
    private final MeterCache<KeyValues, Timer> perChunk;
    private final MeterCache<Retried, Counter> retries;
    private final CircuitGauges circuits;
    private final AdmissionGauges admissions;
    private final BoundedNames models = new BoundedNames();

    CallMeters(MeterRegistry registry, GenAiConventions names) {
        for (CallKind kind : CallKind.values()) {
            durations.put(kind, timer(names.duration(kind), "Duration of calls, waits and retries included", registry));
        }
        firstChunk = timer(names.timeToFirstChunk(), "Time to the first token of a stream", registry);
        tokens = TokenMeters.of(names, registry);
        ends = new MeterCache<>(registry, this::register);
        MeterProvider<Timer> chunks = timer(names.timePerOutputChunk(), "Time between chunks of a stream", registry);
        perChunk = new MeterCache<>(registry, call -> chunks.withTags(MeterTags.of(call)));
        MeterProvider<Counter> retried = Counter.builder(RETRIES.getName())
                .description("Retries by cause")
                .withRegistry(registry);
        retries = new MeterCache<>(
                registry,
                retry -> retried.withTags(MeterTags.of(retry.call()).and(Tag.ERROR_TYPE.asString(), retry.cause())));
        circuits = new CircuitGauges(registry);
        admissions = new AdmissionGauges(registry);
    }

    private static MeterProvider<Timer> timer(LlmMeterDocumentation meter, String what, MeterRegistry registry) {
        return Timer.builder(meter.getName())
                .description(what)
                .serviceLevelObjectives(SECONDS)
                .withRegistry(registry);
    }

    private EndMeters register(Ending end) {
        Tags answered = MeterTags.of(end.call()).and(Tag.RESPONSE_MODEL.asString(), end.responseModel());
        Timer duration = Objects.requireNonNull(durations.get(end.kind()))
                .withTags(answered.and(
                        Tag.ERROR_TYPE.asString(), end.errorType(),
                        Tag.OUTCOME.asString(), end.outcome().word()));
        return new EndMeters(duration, () -> firstChunk.withTags(answered), () -> tokens.of(end.kind(), answered));
    }

    /** The meters of one call. */
    CallCounts of(LlmCallContext call, LlmCallConvention convention) {
        try {
            circuits.follow(call);
            admissions.follow(call);
        } catch (Throwable thrown) {
            FaultIsolation.report(thrown);
        }
        return new OfCall(this, call, convention);
    }

    private static final class OfCall implements CallCounts {

        private final CallMeters meters;
        private final LlmCallContext call;
        private final LlmCallConvention convention;
        private @Nullable Timer chunks;

        OfCall(CallMeters meters, LlmCallContext call, LlmCallConvention convention) {
            this.meters = meters;
            this.call = call;
            this.convention = convention;
        }

        @Override
        public void retried(String cause) {
            meters.retries.of(new Retried(tags(), cause)).increment();
        }

        @Override
        public void chunk(Duration gap) {
            Timer timer = chunks;
            if (timer == null) {
                timer = meters.perChunk.of(tags());
                chunks = timer;
            }
            timer.record(gap);
        }

        @Override
        public void ended(CallEnd end) {
            meters.ends
                    .of(new Ending(
                            call.start().request().kind(),
                            tags(),
                            meters.responseModel(end),
                            end.error() == null ? KeyValue.NONE_VALUE : ErrorTypes.of(end.error()),
                            end.outcome()))
                    .record(end);
        }

        /**
         * The tags of the observation, after its convention and filters; without an observation, those of the convention.
         */
        private KeyValues tags() {
            KeyValues observed = call.getLowCardinalityKeyValues();
            return ContextKeyValues.isEmpty(observed) ? convention.getLowCardinalityKeyValues(call) : observed;
        }
    }

    private String responseModel(CallEnd end) {
        return end.answer() == null || end.answer().model().isEmpty()
                ? KeyValue.NONE_VALUE
                : models.bounded(end.answer().model());
    }
}
