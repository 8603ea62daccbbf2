package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.aicore.observability.Identity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
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
 * <p><b>What is told.</b> Names, numbers, stop sequences and kinds of errors, see {@link LlmObservationDocumentation}. Never
 * what was asked or answered: errors reach the handlers without message, cause and history of their own. A {@linkplain #callConvention
 * convention} may tell more.
 *
 * <p><b>Never in the way.</b> A handler, convention or registry that throws is logged and changes nothing for the call. Every
 * observation that was started is stopped, also when the caller cancels or the deadline passes; of an end at which a
 * convention throws Micrometer tells no handler. Handlers run on the threads that run the calls, so they must not block.
 *
 * <p>Immutable and safe for any number of providers and threads: each method gives another one that shares its meters.
 */
public final class LlmObservations implements CallObserver {

    private static final LlmAttemptConvention ATTEMPT = new DefaultLlmAttemptConvention();

    private final ObservationRegistry registry;
    private final @Nullable MeterRegistry meterRegistry;
    private final @Nullable CallMeters meters;
    private final BoundedNames models;
    private final LlmCallConvention standard;
    private final @Nullable LlmCallConvention callConvention;
    private final @Nullable LlmAttemptConvention attemptConvention;

    private LlmObservations(
            ObservationRegistry registry, @Nullable MeterRegistry meterRegistry, GenAiConventions names) {
        this.registry = registry;
        this.meterRegistry = meterRegistry;
        this.meters = meterRegistry == null ? null : new CallMeters(meterRegistry, names);
        this.models = new BoundedNames();
        this.standard = new DefaultLlmCallConvention(names);
        this.callConvention = null;
        this.attemptConvention = null;
    }

    private LlmObservations(
            LlmObservations same,
            @Nullable LlmCallConvention callConvention,
            @Nullable LlmAttemptConvention attemptConvention) {
        this.registry = same.registry;
        this.meterRegistry = same.meterRegistry;
        this.meters = same.meters;
        this.models = same.models;
        this.standard = same.standard;
        this.callConvention = callConvention;
        this.attemptConvention = attemptConvention;
    }

    /** Observations alone: traces, and whatever the registry's handlers make of them. */
    public static LlmObservations of(ObservationRegistry registry) {
        return new LlmObservations(
                Objects.requireNonNull(registry, "registry"), null, GenAiConventions.fromEnvironment());
    }

    /**
     * Observations and meters. {@link ObservationRegistry#NOOP} gives meters alone. Where the observation registry has a
     * {@code DefaultMeterObservationHandler}, as Spring Boot's has, that one times each call once more: a meter registry
     * that has no meters yet is given {@link #withoutSecondTimer()}. Any other is left as it is, since Micrometer warns of a
     * filter that comes late.
     */
    public static LlmObservations of(ObservationRegistry registry, MeterRegistry meters) {
        if (Objects.requireNonNull(meters, "meters").getMeters().isEmpty()) {
            meters.config().meterFilter(withoutSecondTimer());
        }
        return new LlmObservations(
                Objects.requireNonNull(registry, "registry"), meters, GenAiConventions.fromEnvironment());
    }

    /**
     * A filter for the meter registry, given to it before it has meters: none of those that a {@code
     * DefaultMeterObservationHandler} makes of calls and attempts beside the ones of {@link LlmMeterDocumentation}. In
     * Spring Boot it is a bean of its own. Timers of other libraries stay, also under the same name.
     */
    public static MeterFilter withoutSecondTimer() {
        return SecondTimer.DENIED;
    }

    /**
     * The same under the names of this version. Default: {@link GenAiConventions#fromEnvironment()}. A {@linkplain
     * #callConvention convention} of one's own has the last word on attributes, not on names of meters.
     */
    public LlmObservations conventions(GenAiConventions names) {
        LlmObservations renamed = new LlmObservations(registry, meterRegistry, Objects.requireNonNull(names, "names"));
        return new LlmObservations(renamed, callConvention, attemptConvention);
    }

    /** The same with other names and tags of calls, also for the meters. Default: the registry's own, or OpenTelemetry's. */
    public LlmObservations callConvention(LlmCallConvention convention) {
        return new LlmObservations(this, Objects.requireNonNull(convention, "convention"), attemptConvention);
    }

    /** The same with other names and tags of attempts. Default: the registry's own, or {@link DefaultLlmAttemptConvention}. */
    public LlmObservations attemptConvention(LlmAttemptConvention convention) {
        return new LlmObservations(this, callConvention, Objects.requireNonNull(convention, "convention"));
    }

    @Override
    public CallObservation begin(CallStart start, ContextView caller) {
        String model = String.valueOf(start.request().model());
        LlmCallContext context = new LlmCallContext(
                start, model, models.bounded(model), Identity.of(start.request().metadata(), caller));
        Observation call =
                LlmObservationDocumentation.CALL.observation(callConvention, standard, () -> context, registry);
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
        return callConvention != null ? callConvention : standard;
    }
}
