package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Traces and metrics of calls, by Micrometer: one observation per call and one child per attempt, and the meters of {@link
 * LlmMeterDocumentation}, under OpenTelemetry's names.
 *
 * <pre>{@code
 * LlmObservations observations = LlmObservations.of(observationRegistry, meterRegistry);
 * LlmProvider provider = Llm.from(LlmConfig.builder().fromEnvironment().observer(observations).build());
 * }</pre>
 *
 * <p><b>Parents.</b> The observation in the caller's Reactor Context, where Micrometer's Reactor support and WebFlux put it;
 * without one, the observation that is current on the subscribing thread, as with {@code block()}. Code inside an attempt
 * finds the attempt's in its own Context, so that an instrumented client's span becomes its child.
 *
 * <p><b>What is told.</b> Names, numbers and kinds of errors, see {@link LlmObservationDocumentation}. Never what was asked
 * or answered: errors reach the handlers without message, cause and history of their own. A {@linkplain #callConvention
 * convention} may tell more.
 *
 * <p><b>Never in the way.</b> A handler, convention or registry that throws is logged and changes nothing for the call. Every
 * observation that was started is stopped, also when the caller cancels or the deadline passes; of an end at which a
 * convention throws Micrometer tells no handler. Handlers run on the threads that run the calls, so they must not block.
 *
 * <p>Immutable and safe for any number of providers and threads: each method gives another one that shares its meters.
 */
public final class LlmObservations implements CallObserver {

    private static final LlmCallConvention CALL = new DefaultLlmCallConvention();
    private static final LlmAttemptConvention ATTEMPT = new DefaultLlmAttemptConvention();

    private final ObservationRegistry registry;
    private final @Nullable CallMeters meters;
    private final BoundedNames models;
    private final @Nullable LlmCallConvention callConvention;
    private final @Nullable LlmAttemptConvention attemptConvention;

    private LlmObservations(
            ObservationRegistry registry,
            @Nullable CallMeters meters,
            BoundedNames models,
            @Nullable LlmCallConvention callConvention,
            @Nullable LlmAttemptConvention attemptConvention) {
        this.registry = registry;
        this.meters = meters;
        this.models = models;
        this.callConvention = callConvention;
        this.attemptConvention = attemptConvention;
    }

    /** Observations alone: traces, and whatever the registry's handlers make of them. */
    public static LlmObservations of(ObservationRegistry registry) {
        return new LlmObservations(Objects.requireNonNull(registry, "registry"), null, new BoundedNames(), null, null);
    }

    /** Observations and meters. {@link ObservationRegistry#NOOP} gives meters alone. */
    public static LlmObservations of(ObservationRegistry registry, MeterRegistry meters) {
        return new LlmObservations(
                Objects.requireNonNull(registry, "registry"),
                new CallMeters(Objects.requireNonNull(meters, "meters")),
                new BoundedNames(),
                null,
                null);
    }

    /** The same with other names and tags of calls, also for the meters. Default: the registry's own, or OpenTelemetry's. */
    public LlmObservations callConvention(LlmCallConvention convention) {
        return new LlmObservations(
                registry, meters, models, Objects.requireNonNull(convention, "convention"), attemptConvention);
    }

    /** The same with other names and tags of attempts. Default: the registry's own, or {@link DefaultLlmAttemptConvention}. */
    public LlmObservations attemptConvention(LlmAttemptConvention convention) {
        return new LlmObservations(
                registry, meters, models, callConvention, Objects.requireNonNull(convention, "convention"));
    }

    @Override
    public CallObservation begin(CallStart start, ContextView caller) {
        String model = String.valueOf(start.request().model());
        LlmCallContext context = new LlmCallContext(start, model, models.bounded(model));
        Observation call = LlmObservationDocumentation.CALL.observation(callConvention, CALL, () -> context, registry);
        Running running = caller.getOrDefault(ObservationThreadLocalAccessor.KEY, null) instanceof Observation parent
                ? Running.start(call, parent)
                : Running.start(call);
        CallMeters known = meters;
        CallCounts counts = known == null ? CallCounts.NONE : known.of(context, convention());
        return new ObservedCall(running, context, this::attempt, counts);
    }

    private Observation attempt(LlmAttemptContext context) {
        return LlmObservationDocumentation.ATTEMPT.observation(attemptConvention, ATTEMPT, () -> context, registry);
    }

    private LlmCallConvention convention() {
        return callConvention != null ? callConvention : CALL;
    }
}
