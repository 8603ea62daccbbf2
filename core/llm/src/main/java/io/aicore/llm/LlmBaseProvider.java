package io.aicore.llm;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitBreakers;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CredentialLatches;
import io.aicore.limit.Guard;
import io.aicore.llm.chat.CallOverrides;
import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * The base of a custom provider: say how one attempt is made, and inherit the rest: retry, circuit, credential latch,
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
 * <p>An attempt is a cold publisher and must not block. It fails with an {@link LlmException}, which says whether it may
 * be retried; an {@code IOException} or {@code TimeoutException} is taken for a failed connection or a timeout, and any
 * other exception for a bug that no retry mends. Inside an attempt {@code io.aicore.retry.Attempt.current(context)} tells
 * its number.
 */
public abstract class LlmBaseProvider implements LlmProvider {

    private static final int LATCH_THRESHOLD = 5;
    private static final Duration LATCH_TIME = Duration.ofSeconds(30);

    private final String name;
    private final LlmConfig config;
    private final String endpoint;
    private final @Nullable String host;
    private final CircuitBreakers circuits;
    private final CredentialLatches latches;
    private final KnownModels models;
    private volatile RetrySettings retrySettings;
    private volatile Timeouts timeouts;
    private volatile CircuitSettings circuitSettings;

    /** A provider with this name for messages and records, and these settings. */
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
        this.models = KnownModels.of(config, name, endpoint);
    }

    /**
     * One attempt at a whole answer. Subscribed once per attempt, with the request completed by the configured model,
     * temperature and token limit. The attempt timeout is applied to it.
     */
    protected abstract Mono<Completion> attempt(CompletionRequest request);

    /**
     * One attempt at a stream. Default: {@link #attempt} as a single piece. Its first chunk of any kind is its sign of life;
     * first-token, idle and first-content timeout are applied to it. Complete it only when the answer is whole; a cut one is
     * an {@link io.aicore.llm.error.IncompleteStreamException}.
     */
    protected Flux<CompletionChunk> attemptStream(CompletionRequest request) {
        return attempt(request).flatMapIterable(LlmBaseProvider::chunks);
    }

    /**
     * One attempt at vectors, for at most {@link #maxInputs} texts, with the request completed by the configured model.
     * Default: fails, as the provider has none. The attempt timeout is applied to it.
     */
    protected Mono<Embeddings> attemptEmbed(EmbeddingRequest request) {
        return Mono.error(() -> Failures.notOffered(name, "embeddings"));
    }

    /** How many texts one request for vectors may hold. Default: any number. */
    protected int maxInputs(EmbeddingRequest request) {
        return Integer.MAX_VALUE;
    }

    /**
     * One attempt to have the tokens of a request counted. Default: fails, as the provider does not count. The attempt
     * timeout is applied to it.
     */
    protected Mono<Long> attemptCountTokens(CompletionRequest request) {
        return Mono.error(() -> Failures.notOffered(name, "counting of tokens"));
    }

    /**
     * The retry of a call, made of the settings and ready to use. Override it to retry differently: narrow it with
     * {@code retryOn} and {@code giveUpOn}, replace its classifier or its settings. Called once per call.
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
        return Guard.subscribed(pipeline().complete(request));
    }

    @Override
    public final Flux<CompletionChunk> stream(CompletionRequest request) {
        return Guard.subscribed(pipeline().stream(request));
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
        return Guard.subscribed(pipeline().countTokens(request));
    }

    /** The circuit of this model: shared by all calls to it through this provider, see {@link LlmConfig#circuitBreakers()}. */
    public final CircuitBreaker circuit(String model) {
        return circuits.get(circuitKey(model));
    }

    /** Replaces the retry settings of new calls; calls in flight keep theirs. */
    public final void retrySettings(RetrySettings settings) {
        this.retrySettings = settings;
    }

    /** Replaces the timeouts of new calls; calls in flight keep theirs. */
    public final void timeouts(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    /** Replaces the settings of all circuits, those to come too; what they have counted stays. */
    public final void circuitSettings(CircuitSettings settings) {
        this.circuitSettings = settings;
        circuits.all().values().forEach(circuit -> circuit.settings(settings));
    }

    /** The settings this provider was made with. */
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
        CallOverrides overrides = request.overrides();
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
        Call.Settings settings = new Call.Settings(
                name,
                request.model(),
                timeouts.with(overrides),
                circuit,
                latches,
                config.httpSettings().maxResponseBytes(),
                scheduler());
        CallStart start = new CallStart(name, host, request, circuit, retries);
        Watchers watchers = Watchers.begin(config.observers(), start, context);
        return new Call(settings, retry, this::retry, watchers);
    }

    private RetrySettings settings(CallOverrides overrides) {
        RetrySettings provider = retrySettings;
        RetrySettings settings = overrides.retrySettingsFrom(provider);
        Duration deadline = overrides.deadline();
        if (deadline == null && settings.deadline() == null) {
            deadline = provider.deadline();
        }
        return deadline == null ? settings : settings.deadline(deadline);
    }

    private String circuitKey(String model) {
        return name + " " + withoutQuery(endpoint) + " " + model;
    }

    /** A circuit's name is shown and recorded, and a query may hold a key. */
    private static String withoutQuery(String endpoint) {
        int query = endpoint.indexOf('?');
        return query < 0 ? endpoint : endpoint.substring(0, query);
    }

    /** Host and port alone: the rest of an address may hold secrets. */
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
                Failures::outcome,
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
