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
 * Traces and metrics of calls with Micrometer: one observation per call, one child per attempt, and the meters of
 * {@link LlmMeterDocumentation}, under OpenTelemetry's names.
 *
 * <pre>{@code
 * LlmObservations observations = LlmObservations.of(observationRegistry, meterRegistry);
 * LlmProvider provider = Llm.from(LlmConfig.builder().fromEnvironment().observer(observations).build());
 * }</pre>
 *
 * <p><b>Parents.</b> The parent is the observation in the caller's Reactor Context, where Micrometer's Reactor support
 * and WebFlux put it; without one, the observation that is current on the subscribing thread, as with {@code block()}.
 * Code inside an attempt finds the attempt's observation in its Context, so that an instrumented client's span becomes
 * its child.
 *
 * <p><b>Content.</b> Names, numbers, stop sequences and error types are exported, see
 * {@link LlmObservationDocumentation}, but no prompts and answers: errors reach the handlers without message, cause and
 * history. A {@linkplain #callConvention convention} may export more.
 *
 * <p><b>Isolation.</b> A handler, convention or registry that throws is logged and does not affect the call. Every
 * started observation is stopped, also on cancel or after the deadline; if a convention throws at the end, Micrometer
 * calls no handler. Handlers run on the threads that run the calls and must not block.
 *
 * <p>Immutable and thread-safe; may be shared by providers. Each method returns a new instance that shares the meters.
 */
public final class LlmObservations implements CallObserver {

    private final ObservationRegistry registry;
    private final @Nullable MeterRegistry meterRegistry;
    private final @Nullable CallMeters meters;
    private final CallScopes scopes;
    private final LlmCallConvention standard;
    private final @Nullable LlmCallConvention callConvention;
    private final @Nullable LlmAttemptConvention attemptConvention;

    private LlmObservations(
            ObservationRegistry registry, @Nullable MeterRegistry meterRegistry, GenAiConventions names) {
        this.registry = registry;
        this.meterRegistry = meterRegistry;
        this.meters = meterRegistry == null ? null : new CallMeters(meterRegistry, names);
        this.scopes = new CallScopes();
        this.standard = LateDetails.ofCall(names);
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
        this.scopes = same.scopes;
        this.standard = same.standard;
        this.callConvention = callConvention;
        this.attemptConvention = attemptConvention;
    }

    /** Creates observations only: traces, and whatever the registry's handlers make of them. */
    public static LlmObservations of(ObservationRegistry registry) {
        return new LlmObservations(
                Objects.requireNonNull(registry, "registry"), null, GenAiConventions.fromEnvironment());
    }

    /**
     * Creates observations and meters; with {@link ObservationRegistry#NOOP} only meters. If the observation registry
     * has a {@code DefaultMeterObservationHandler}, as in Spring Boot, that handler would time each call again: a meter
     * registry without meters gets the filter {@link #withoutSecondTimer()}. Any other is not changed, because
     * Micrometer warns about late filters.
     */
    public static LlmObservations of(ObservationRegistry registry, MeterRegistry meters) {
        if (Objects.requireNonNull(meters, "meters").getMeters().isEmpty()) {
            meters.config().meterFilter(withoutSecondTimer());
        }
        return new LlmObservations(
                Objects.requireNonNull(registry, "registry"), meters, GenAiConventions.fromEnvironment());
    }

    /**
     * A meter filter that denies the meters which a {@code DefaultMeterObservationHandler} creates for calls and
     * attempts in addition to those of {@link LlmMeterDocumentation}. Add it to the registry before it has meters; in
     * Spring Boot, define it as a bean. Timers of other libraries are kept, even under the same name.
     */
    public static MeterFilter withoutSecondTimer() {
        return SecondTimer.DENIED;
    }

    /**
     * Sets the version of the names. Default: {@link GenAiConventions#fromEnvironment()}. Your own
     * {@linkplain #callConvention convention} overrides attributes, but not names of meters.
     */
    public LlmObservations conventions(GenAiConventions names) {
        LlmObservations renamed = new LlmObservations(registry, meterRegistry, Objects.requireNonNull(names, "names"));
        return new LlmObservations(renamed, callConvention, attemptConvention);
    }

    /**
     * Sets names and tags of calls, including the meters. Default: the registry's convention, or OpenTelemetry's names.
     */
    public LlmObservations callConvention(LlmCallConvention convention) {
        return new LlmObservations(this, Objects.requireNonNull(convention, "convention"), attemptConvention);
    }

    /** Sets names and tags of attempts. Default: the registry's convention, or {@link DefaultLlmAttemptConvention}. */
    public LlmObservations attemptConvention(LlmAttemptConvention convention) {
        return new LlmObservations(this, callConvention, Objects.requireNonNull(convention, "convention"));
    }

    @Override
    public CallObservation begin(CallStart start, ContextView caller) {
        String model = String.valueOf(start.request().model());
        LlmCallContext context = new LlmCallContext(
                start,
                model,
                scopes.of(start, model),
                Identity.of(start.request().metadata(), caller));
        Observation call =
                LlmObservationDocumentation.CALL.observation(callConvention, standard, () -> context, registry);
        if (caller.getOrDefault(ObservationThreadLocalAccessor.KEY, null) instanceof Observation parent) {
            SafeObservation.start(call, parent);
        } else {
            SafeObservation.start(call);
        }
        CallMeters known = meters;
        CallCounts counts = known == null ? CallCounts.NONE : known.of(context, convention());
        return new ObservedCall(call, context, this, counts);
    }

    /** Whether attempts have observations: meters are those of calls. */
    boolean observesAttempts() {
        return !registry.isNoop();
    }

    Observation attempt(LlmAttemptContext context) {
        return LlmObservationDocumentation.ATTEMPT.observation(
                attemptConvention, LateDetails.OF_ATTEMPT, () -> context, registry);
    }

    private LlmCallConvention convention() {
        return callConvention != null ? callConvention : standard;
    }
}
