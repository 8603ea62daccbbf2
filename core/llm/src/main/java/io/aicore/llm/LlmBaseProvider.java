package io.aicore.llm;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AdmissionStage;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitBreakers;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.ConcurrencySettings;
import io.aicore.limit.CredentialLatches;
import io.aicore.limit.CredentialPass;
import io.aicore.limit.Guard;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.http.Timeouts;
import io.aicore.llm.observe.CallRequest;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryListener;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Base class of custom providers: implement one attempt, and inherit retry, circuit breaker, credential latch,
 * timeouts, deadline, events and history.
 *
 * <pre>{@code
 * final class EchoProvider extends LlmBaseProvider {
 *     EchoProvider(LlmConfig config) {
 *         super("echo", config);
 *     }
 *
 *     protected Mono<Completion> attempt(CompletionRequest request) {
 *         return client.ask(request.messages()).map(Completion::of);
 *     }
 * }
 * }</pre>
 *
 * <p>An attempt is a cold publisher and must not block. It should fail with an {@link LlmException}, which defines
 * whether it is retryable; an {@code IOException} or {@code TimeoutException} counts as a connection failure or
 * timeout, any other exception as a bug that is not retried. Inside an attempt,
 * {@code io.aicore.retry.Attempt.current(context)} returns its number.
 */
public abstract class LlmBaseProvider implements LlmProvider {

    private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");
    private static final int LATCH_THRESHOLD = 5;
    private static final Duration LATCH_TIME = Duration.ofSeconds(30);

    private final String name;
    private final LlmConfig config;
    private final String endpoint;
    private final @Nullable String host;
    private final CircuitBreakers circuits;
    private final CredentialLatches latches;
    private final Admission admission;
    private final String configuredKey;
    private final RetryBudget budget;
    private final KnownModels models;
    private volatile RetrySettings retrySettings;
    private volatile Timeouts timeouts;
    private volatile CircuitSettings circuitSettings;

    /**
     * Creates a provider.
     *
     * @param name name of the provider in messages and records
     */
    protected LlmBaseProvider(String name, LlmConfig config) {
        this(name, config, String.valueOf(config.baseUrl()));
    }

    LlmBaseProvider(String name, LlmConfig config, String endpoint) {
        this.name = name;
        this.config = config;
        this.endpoint = endpoint;
        this.host = host(endpoint);
        this.retrySettings = config.retrySettings();
        this.timeouts = config.timeouts();
        this.circuitSettings = config.circuitSettings();
        CircuitBreakers shared = config.circuitBreakers();
        this.circuits = shared != null ? shared : CircuitBreakers.of(this::newCircuit);
        this.latches = CredentialLatches.of(name, LATCH_THRESHOLD, LATCH_TIME, scheduler());
        this.admission = Admission.of(
                name + " " + withoutSecrets(endpoint),
                config.admissionSettings(),
                ConcurrencySettings.unlimited(),
                scheduler(),
                () -> ThreadLocalRandom.current().nextDouble(),
                config.admissionStore());
        this.configuredKey = Credential.shared(config);
        RetryBudget given = config.retryBudget();
        this.budget = given != null ? given : RetryBudget.create();
        this.models = KnownModels.of(config, name, endpoint);
    }

    /**
     * One attempt at a whole answer. Subscribed once per attempt, with the configured model, temperature and token
     * limit filled in. The attempt timeout applies to it.
     */
    protected abstract Mono<Completion> attempt(CompletionRequest request);

    /**
     * One attempt at a stream. Default: {@link #attempt} as a single chunk. The first chunk of any kind ends the
     * first-token timeout; idle and first-content timeout apply as well. Complete it only when the answer is complete;
     * a truncated one is an {@link io.aicore.llm.error.IncompleteStreamException}.
     */
    protected Flux<CompletionChunk> attemptStream(CompletionRequest request) {
        return attempt(request).flatMapIterable(LlmBaseProvider::chunks);
    }

    /**
     * One attempt at embeddings, for at most {@link #maxInputs} texts, with the configured model filled in. Default:
     * fails, because the provider has no embeddings. The attempt timeout applies to it.
     */
    protected Mono<Embeddings> attemptEmbed(EmbeddingRequest request) {
        return Mono.error(() -> FailureMapping.notOffered(name, "embeddings"));
    }

    /** Maximum number of texts in one embedding request. Default: unlimited. */
    protected int maxInputs(EmbeddingRequest request) {
        return Integer.MAX_VALUE;
    }

    /**
     * One attempt to count the tokens of a request. Default: fails, because the provider cannot count. The attempt
     * timeout applies to it.
     */
    protected Mono<Long> attemptCountTokens(CompletionRequest request) {
        return Mono.error(() -> FailureMapping.notOffered(name, "token counting"));
    }

    /**
     * Returns the retry of a call. Override it to customize {@code defaults}, which has the settings applied: narrow it
     * with {@code retryOn} and {@code giveUpOn}, or replace its classifier or settings. Called once per call.
     */
    protected RetryOnFailure retry(RetryOnFailure defaults) {
        return defaults;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Mono<Completion> complete(CompletionRequest request) {
        return pipeline().complete(request);
    }

    @Override
    public final Flux<CompletionChunk> stream(CompletionRequest request) {
        return pipeline().stream(request);
    }

    @Override
    public final Mono<Embeddings> embed(EmbeddingRequest request) {
        // How many texts a request may hold is often the model's to say: it must be known before they are shared out.
        EmbeddingRequest named = request.model() == null ? request.model(config.embeddingModel()) : request;
        Embedder embedder = new Embedder(attempts()::maxInputs, pipeline()::embed, scheduler());
        return Guard.subscribed(
                embedder.embed(named, settings(named.overrides()).deadline()));
    }

    @Override
    public final Mono<Long> countTokens(CompletionRequest request) {
        return pipeline().countTokens(request);
    }

    /**
     * The circuit breaker of this model, shared by all calls to it through this provider; see
     * {@link LlmConfig#circuitBreakers()}.
     */
    public final CircuitBreaker circuit(String model) {
        return circuits.get(circuitKey(model));
    }

    /**
     * What the calls through this provider know of its rate limits: gates, pace, queue. For dashboards, and to replace its
     * settings.
     */
    public final Admission admission() {
        return admission;
    }

    /** Replaces the settings of admission for new attempts. */
    public final void admissionSettings(AdmissionSettings settings) {
        admission.settings(settings);
    }

    /** The budget that the retries of all calls through this provider share. */
    public final RetryBudget retryBudget() {
        return budget;
    }

    /**
     * Whether the provider's rate limits are per model. Default: true, as those of most providers are. False holds calls to
     * all models when one is limited.
     */
    protected boolean limitsPerModel() {
        return true;
    }

    /** Replaces the retry settings of new calls; calls in flight keep theirs. */
    public final void retrySettings(RetrySettings settings) {
        this.retrySettings = settings;
    }

    /** Replaces the timeouts of new calls; calls in flight keep theirs. */
    public final void timeouts(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    /** Replaces the settings of all current and future circuits; their counts are kept. */
    public final void circuitSettings(CircuitSettings settings) {
        this.circuitSettings = settings;
        circuits.all().values().forEach(circuit -> circuit.settings(settings));
    }

    /** The settings of this provider. */
    protected final LlmConfig config() {
        return config;
    }

    Attempts attempts() {
        return new TimedAttempts(this, name, scheduler());
    }

    final Scheduler scheduler() {
        Scheduler given = config.scheduler();
        return given != null ? given : Schedulers.parallel();
    }

    private Pipeline pipeline() {
        return new Pipeline(config, this::begin, attempts(), models);
    }

    private Call begin(CallRequest request, ContextView context) {
        RequestOptions overrides = request.overrides();
        String model = String.valueOf(request.model());
        CircuitBreaker circuit = circuit(model);
        RetrySettings retries = settings(overrides);
        RetryOnFailure retry = RetryOnFailure.of(retries)
                .circuitBreaker(circuit)
                .scheduler(scheduler())
                .scope(name + " " + model);
        for (RetryListener listener : config.listeners()) {
            retry = retry.listener(listener);
        }
        String limited = limitsPerModel() ? " " + model : "";
        Call.Settings settings = new Call.Settings(
                name,
                request.model(),
                timeouts.with(overrides),
                credential -> admission.lane(gate(credential) + limited, circuit, latch(credential)),
                budget,
                config.httpSettings().maxResponseBytes(),
                scheduler());
        CallStart start = new CallReport.Start(name, host, request, circuit, admission, budget, retries);
        CompositeObservation watchers = CompositeObservation.begin(config.observers(), start, context);
        return new Call(
                settings, retry, this::retry, AdmissionCall.from(context).cost(ExpectedTokens.of(request)), watchers);
    }

    /** Names the credential's gate as every process does that shares its knowledge. */
    private String gate(String credential) {
        return credential.equals(Credential.CONFIGURED) ? configuredKey : credential;
    }

    private AdmissionStage latch(String credential) {
        return () -> {
            CredentialPass pass = latches.get(credential).tryAcquire();
            return outcome -> pass.end(outcome.credential());
        };
    }

    private RetrySettings settings(RequestOptions overrides) {
        RetrySettings provider = retrySettings;
        RetrySettings settings = overrides.retrySettingsFrom(provider);
        Duration deadline = overrides.deadline();
        if (deadline == null && settings.deadline() == null) {
            deadline = provider.deadline();
        }
        return deadline == null ? settings : settings.deadline(deadline);
    }

    private String circuitKey(String model) {
        return name + " " + withoutSecrets(endpoint) + " " + model;
    }

    /** Names of circuits and admissions appear in messages, records and on dashboards. */
    private static String withoutSecrets(String endpoint) {
        int query = endpoint.indexOf('?');
        String address = query < 0 ? endpoint : endpoint.substring(0, query);
        return USER_INFO.matcher(address).replaceFirst("//");
    }

    /** Host and port only: other parts of an address may contain secrets. */
    private static @Nullable String host(String endpoint) {
        try {
            URI address = URI.create(endpoint);
            String host = address.getHost();
            int port = address.getPort() < 0 && "http".equalsIgnoreCase(address.getScheme()) ? 80 : address.getPort();
            return host == null || port < 0 ? host : host + ":" + port;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private CircuitBreaker newCircuit(String key) {
        return CircuitBreaker.of(
                key,
                circuitSettings,
                FailureMapping::outcome,
                scheduler(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    static List<CompletionChunk> chunks(Completion answer) {
        List<ToolCallDelta> calls = new ArrayList<>();
        for (ToolCall call : answer.toolCalls()) {
            calls.add(new ToolCallDelta(calls.size(), call.id(), call.name(), call.arguments()));
        }
        ChunkInfo info = new ChunkInfo(
                answer.id(), answer.model(), answer.finishReason(), answer.rawFinishReason(), answer.usage(), null);
        return List.of(new CompletionChunk(
                answer.text(), orEmpty(answer.reasoning()), orEmpty(answer.refusal()), calls, info, answer.extra()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
