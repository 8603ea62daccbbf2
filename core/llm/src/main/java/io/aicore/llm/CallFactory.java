package io.aicore.llm;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AdmissionStage;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitBreakers;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.ConcurrencySettings;
import io.aicore.limit.CredentialLatches;
import io.aicore.limit.CredentialPass;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.llm.observe.CallRequest;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryListener;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/** Begins the calls of one provider: what they share (circuits, latches, admission, budget), and what each is made of. */
final class CallFactory {

    private static final int MOST_KEPT = 256;

    private final String name;
    private final LlmConfig config;
    private final String address;
    private final @Nullable String host;
    private final UnaryOperator<RetryOnFailure> customized;
    private final BooleanSupplier limitsPerModel;
    private final CircuitBreakers circuits;
    private final CredentialLatches latches;
    private final Admission admission;
    private final String configuredKey;
    private final RetryBudget budget;
    private final RetryOnFailure common;
    private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();
    private volatile RetrySettings retrySettings;
    private volatile Timeouts timeouts;
    private volatile CircuitSettings circuitSettings;

    /**
     * The retry of the calls to one model, as the last of them had it.
     *
     * @param limit what the configured key's rate limit for this model alone is called
     */
    private record Prepared(
            ModelErrors errors,
            String circuit,
            String label,
            String limit,
            RetryOnFailure retry,
            CircuitBreaker breaker,
            Scheduler scheduler) {}

    /**
     * @param customized the provider's own retry
     * @param limitsPerModel whether the provider limits each model for itself
     */
    CallFactory(
            String name,
            LlmConfig config,
            String endpoint,
            UnaryOperator<RetryOnFailure> customized,
            BooleanSupplier limitsPerModel) {
        this.name = name;
        this.config = config;
        this.address = Endpoints.withoutSecrets(endpoint);
        this.host = Endpoints.host(endpoint);
        this.customized = customized;
        this.limitsPerModel = limitsPerModel;
        this.retrySettings = config.retrySettings();
        this.timeouts = config.timeouts();
        this.circuitSettings = config.circuitSettings();
        CircuitBreakers shared = config.circuitBreakers();
        this.circuits = shared != null ? shared : CircuitBreakers.of(this::newCircuit);
        this.latches = CredentialLatches.of(name, scheduler(config));
        this.admission = Admission.of(
                name + " " + address,
                config.admissionSettings(),
                places(config.httpSettings()),
                scheduler(config),
                () -> ThreadLocalRandom.current().nextDouble(),
                config.admissionStore());
        this.configuredKey = Credential.shared(config);
        RetryBudget given = config.retryBudget();
        this.budget = given != null ? given : RetryBudget.create();
        this.common = listening(RetryOnFailure.of(retrySettings), config);
    }

    private static RetryOnFailure listening(RetryOnFailure retry, LlmConfig config) {
        RetryOnFailure listening = retry;
        for (RetryListener listener : config.listeners()) {
            listening = listening.listener(listener);
        }
        return listening;
    }

    /** A call waits for its connection where it waits for everything else: in its order, and before its attempt begins. */
    private static ConcurrencySettings places(HttpSettings connections) {
        return ConcurrencySettings.fixed(connections.maxConnections())
                .maxPending(connections.maxPending())
                .pendingTimeout(connections.pendingTimeout());
    }

    /** Looked up for each call, so that a virtual-time scheduler installed later is used. */
    static Scheduler scheduler(LlmConfig config) {
        Scheduler given = config.scheduler();
        return given != null ? given : Schedulers.parallel();
    }

    Call begin(CallRequest request, ContextView context) {
        RequestOptions overrides = request.overrides();
        RetrySettings retries = settings(overrides);
        String model = String.valueOf(request.model());
        Scheduler scheduler = scheduler(config);
        Prepared known = prepared(request.model(), retries, scheduler);
        CircuitBreaker circuit = known.breaker();
        boolean perModel = limitsPerModel.getAsBoolean();
        Call.Settings settings = new Call.Settings(
                known.errors(),
                timeouts.with(overrides),
                credential -> lane(credential, perModel, model, known),
                budget,
                config.httpSettings().maxResponseBytes(),
                scheduler);
        CompositeObservation watchers = config.observers().isEmpty()
                ? CompositeObservation.NOBODY
                : CompositeObservation.begin(config.observers(), start(request, circuit, retries), context);
        try {
            return new Call(settings, known.retry(), customized, context, ExpectedTokens.of(request), watchers);
        } catch (Throwable thrown) {
            watchers.ended(CallReport.End.notBegun(thrown));
            throw thrown;
        }
    }

    private CallStart start(CallRequest request, CircuitBreaker circuit, RetrySettings retries) {
        return new CallReport.Start(name, host, request, circuit, admission, budget, retries);
    }

    private Prepared prepared(@Nullable String asked, RetrySettings retries, Scheduler scheduler) {
        String model = String.valueOf(asked);
        Prepared known = prepared.get(model);
        String key = known == null ? circuitKey(model) : known.circuit();
        CircuitBreaker breaker = circuits.get(key);
        if (known != null
                && known.breaker() == breaker
                && known.scheduler() == scheduler
                && known.retry().settings().equals(retries)) {
            return known;
        }
        ModelErrors errors = known == null ? new ModelErrors(name, asked) : known.errors();
        String label = known == null ? name + " " + model : known.label();
        String limit = known == null ? configuredKey + " " + model : known.limit();
        RetryOnFailure retry = common.settings(retries)
                .circuitBreaker(breaker)
                .scheduler(scheduler)
                .scope(label);
        Prepared next = new Prepared(errors, key, label, limit, retry, breaker, scheduler);
        if (known != null || prepared.size() < MOST_KEPT) {
            prepared.put(model, next);
        }
        return next;
    }

    /** Names the credential's gate as every process does that shares its knowledge. */
    private AdmissionLane lane(String credential, boolean perModel, String model, Prepared known) {
        boolean configured = credential.equals(Credential.CONFIGURED);
        String gate;
        if (configured) {
            gate = perModel ? known.limit() : configuredKey;
        } else {
            gate = perModel ? credential + " " + model : credential;
        }
        return admission.lane(gate, known.breaker(), latch(credential));
    }

    private AdmissionStage latch(String credential) {
        return () -> {
            CredentialPass pass = latches.get(credential).tryAcquire();
            return outcome -> pass.end(outcome.credential());
        };
    }

    /** The provider's retry settings with these overrides. */
    RetrySettings settings(RequestOptions overrides) {
        RetrySettings provider = retrySettings;
        RetrySettings settings = overrides.retrySettingsFrom(provider);
        Duration deadline = overrides.deadline();
        if (deadline == null && settings.deadline() == null) {
            deadline = provider.deadline();
        }
        return deadline == null || deadline.equals(settings.deadline()) ? settings : settings.deadline(deadline);
    }

    private String circuitKey(String model) {
        return name + " " + address + " " + model;
    }

    CircuitBreaker circuit(String model) {
        return circuits.get(circuitKey(model));
    }

    private CircuitBreaker newCircuit(String key) {
        return CircuitBreaker.of(
                key,
                circuitSettings,
                FailureMapping::outcome,
                scheduler(config),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    String provider() {
        return name;
    }

    Admission admission() {
        return admission;
    }

    RetryBudget budget() {
        return budget;
    }

    void admissionSettings(AdmissionSettings settings) {
        admission.settings(settings);
    }

    void retrySettings(RetrySettings settings) {
        this.retrySettings = settings;
    }

    void timeouts(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    void circuitSettings(CircuitSettings settings) {
        this.circuitSettings = settings;
        circuits.all().values().forEach(circuit -> circuit.settings(settings));
    }
}
