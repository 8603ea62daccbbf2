package io.aicore.llm;

import io.aicore.limit.CircuitBreakers;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.llm.observe.CallObserver;
import io.aicore.retry.RetryListener;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * What a provider is set to. Immutable; {@link Llm#from(LlmConfig)} makes a provider of it.
 *
 * <p>The same setting may be said in several places. The nearest to the call wins: the request's own overrides, then
 * code, then a framework's properties, then the environment, then the file, then the default. Headers and options are
 * merged by name in that order.
 *
 * <p>Defaults: provider {@code openai}, model and address as the provider has them, temperature and maximum of tokens
 * left to the model, {@link Timeouts#defaults()}, {@link RetrySettings#defaults()} with a deadline of 10 min, {@link
 * CircuitSettings#defaults()}, {@link HttpSettings#defaults()}, the attempt number sent as {@code x-retry-count}.
 */
public final class LlmConfig {

    private static final Logger LOG = Loggers.getLogger(LlmConfig.class);

    private final String provider;
    private final @Nullable Secret apiKey;
    private final @Nullable String model;
    private final @Nullable String embeddingModel;
    private final @Nullable URI baseUrl;
    private final @Nullable Double temperature;
    private final @Nullable Integer maxTokens;
    private final Timeouts timeouts;
    private final RetrySettings retrySettings;
    private final CircuitSettings circuitSettings;
    private final HttpSettings httpSettings;
    private final Map<String, String> headers;
    private final Map<String, String> options;
    private final boolean retryCountHeader;
    private final ModelCatalog modelCatalog;
    private final boolean requestChecks;
    private final List<RetryListener> listeners;
    private final List<CallObserver> observers;
    private final @Nullable Scheduler scheduler;
    private final @Nullable CircuitBreakers circuitBreakers;
    private final @Nullable RequestAuthorizer authorizer;
    private final @Nullable EnvironmentProxy environmentProxy;
    private final List<String> warnings;

    LlmConfig(LlmConfigBuilder builder) {
        SettingValues said = builder.said();
        provider = builder.provider(said);
        apiKey = builder.apiKey(said, provider);
        model = said.get(Settings.MODEL);
        embeddingModel = said.get(Settings.EMBEDDING_MODEL);
        baseUrl = builder.baseUrl(said, provider);
        temperature = said.get(Settings.TEMPERATURE);
        maxTokens = said.get(Settings.MAX_TOKENS);
        timeouts = builder.resolve(SettingGroups.timeouts(said));
        retrySettings = builder.resolve(SettingGroups.retry(said));
        circuitSettings = builder.resolve(SettingGroups.circuit(said));
        httpSettings = builder.resolve(SettingGroups.http(said));
        headers = said.copyOfHeaders();
        options = builder.options(said, provider);
        retryCountHeader = said.get(Settings.RETRY_COUNT_HEADER, true);
        ModelCatalog catalog = said.get(Settings.MODELS_FILE);
        modelCatalog = catalog == null ? ModelCatalog.bundled() : catalog;
        requestChecks = said.get(Settings.REQUEST_CHECKS, true);
        listeners = builder.listeners();
        observers = builder.observers();
        scheduler = builder.scheduler();
        circuitBreakers = builder.circuitBreakers();
        authorizer = builder.authorizer();
        environmentProxy = builder.environmentProxy();
        warnings = Suspicions.of(said, baseUrl, apiKey);
        warnings.forEach(LOG::warn);
    }

    /** All at its default, and nothing read from the environment unless asked to. */
    public static LlmConfigBuilder builder() {
        return new LlmConfigBuilder();
    }

    /**
     * What this process's environment says.
     *
     * @throws IllegalArgumentException as {@link LlmConfigBuilder#fromEnvironment(Map)}
     */
    public static LlmConfig fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * What this environment says.
     *
     * @throws IllegalArgumentException as {@link LlmConfigBuilder#fromEnvironment(Map)}
     */
    public static LlmConfig fromEnvironment(Map<String, String> environment) {
        return builder().fromEnvironment(environment).build();
    }

    /**
     * What a YAML file says, with this process's environment laid over it: where both say something, the environment
     * wins. Blocks while it reads the file, so it belongs to the start of a program and not on an event loop.
     *
     * @throws IllegalArgumentException as {@link LlmConfigBuilder#fromYaml(Path, Map)}
     */
    public static LlmConfig fromYaml(Path file) {
        return fromYaml(file, System.getenv());
    }

    /**
     * What a YAML file says, with this environment laid over it. Blocks while it reads the file.
     *
     * @throws IllegalArgumentException as {@link LlmConfigBuilder#fromYaml(Path, Map)}
     */
    public static LlmConfig fromYaml(Path file, Map<String, String> environment) {
        return builder()
                .fromYaml(file, environment)
                .fromEnvironment(environment)
                .build();
    }

    /** A builder with all of this, as if said in code: what an environment or a file adds later changes none of it. */
    public LlmConfigBuilder toBuilder() {
        return new LlmConfigBuilder(this);
    }

    /** The provider's name in lower case. */
    public String provider() {
        return provider;
    }

    /** The key, from wherever it was found; null for providers that need none. */
    public @Nullable Secret apiKey() {
        return apiKey;
    }

    /** The model of requests that name none. */
    public @Nullable String model() {
        return model;
    }

    /** The model of requests for vectors that name none. */
    public @Nullable String embeddingModel() {
        return embeddingModel;
    }

    /** The provider's address, the path before {@code /chat/completions} and the like included; null is its own. */
    public @Nullable URI baseUrl() {
        return baseUrl;
    }

    /** The temperature of requests that say none. */
    public @Nullable Double temperature() {
        return temperature;
    }

    /** The bound of an answer's tokens for requests that say none. */
    public @Nullable Integer maxTokens() {
        return maxTokens;
    }

    /** How long each phase of an attempt may take. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** How often and how patiently a call is retried; its deadline is never null. */
    public RetrySettings retrySettings() {
        return retrySettings;
    }

    /** When the circuit of a model opens. */
    public CircuitSettings circuitSettings() {
        return circuitSettings;
    }

    /** Connections, sizes, proxy, TLS. */
    public HttpSettings httpSettings() {
        return httpSettings;
    }

    /** The same, with the proxy that the environment names for this address where none was set. */
    HttpSettings httpSettings(URI address) {
        return environmentProxy == null || httpSettings.proxy() != null
                ? httpSettings
                : httpSettings.proxy(environmentProxy.towards(address));
    }

    @Nullable
    EnvironmentProxy environmentProxy() {
        return environmentProxy;
    }

    /** Extra headers of every request. Their values may be secret and are shown nowhere. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Settings of this provider alone, such as {@code api_version} or {@code organization}. */
    public Map<String, String> options() {
        return options;
    }

    /** Whether the number of retries goes out as {@code x-retry-count}. */
    public boolean retryCountHeader() {
        return retryCountHeader;
    }

    /** What is known of models: their limits and prices. Default: what this library knows. */
    public ModelCatalog modelCatalog() {
        return modelCatalog;
    }

    /** Whether a request is adapted where its model would refuse it for certain. */
    public boolean requestChecks() {
        return requestChecks;
    }

    /** Who hears of every decision. */
    public List<RetryListener> listeners() {
        return listeners;
    }

    /** Who sees every call. */
    public List<CallObserver> observers() {
        return observers;
    }

    /** Timer and clock of all calls; null is Reactor's parallel scheduler. */
    public @Nullable Scheduler scheduler() {
        return scheduler;
    }

    /** Circuits shared with other providers; null is a set of the provider's own. */
    public @Nullable CircuitBreakers circuitBreakers() {
        return circuitBreakers;
    }

    /** What adds the proof of who asks; null is the provider's own way, with the key. */
    public @Nullable RequestAuthorizer authorizer() {
        return authorizer;
    }

    /**
     * What this configuration says and can hardly mean, in a sentence each: a timeout that looks like milliseconds, a key over
     * plain http to another machine. Also logged, when the configuration is built.
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The request with the configured embedding model where it names none.
     *
     * @throws InvalidRequestException if neither names a model
     */
    EmbeddingRequest withDefaults(EmbeddingRequest request) {
        return request.model(chosen(
                request.model(),
                embeddingModel,
                "embeddingModel: not set (expected: a model for embeddings in the request, in embeddingModel(…) or in"
                        + " LLM_EMBEDDING_MODEL"
                        + (model == null ? ")" : "; " + Complaint.quoted(model) + " is for completions)")));
    }

    /**
     * The request with the configured model, temperature and maximum of tokens where it says none.
     *
     * @throws InvalidRequestException if neither names a model
     */
    CompletionRequest withDefaults(CompletionRequest request) {
        String chosen = chosen(
                request.model(),
                model,
                "model: not set (expected: a model in the request, in the configuration or in LLM_MODEL)");
        Sampling sampling = request.sampling().orElse(new Sampling(temperature, null, maxTokens, List.of(), null));
        return request.toBuilder().model(chosen).sampling(sampling).build();
    }

    private String chosen(@Nullable String asked, @Nullable String configured, String neither) {
        String chosen = asked != null ? asked : configured;
        if (chosen == null) {
            throw new InvalidRequestException(
                    ErrorDetails.of(provider, ErrorCategory.INVALID_REQUEST, false, neither), null);
        }
        return chosen;
    }

    /** Without the key, the values of headers and options, and whatever an address holds beside scheme, host and path. */
    @Override
    public String toString() {
        return "LlmConfig[provider=" + provider + ", apiKey=" + apiKey + ", model=" + model
                + ", baseUrl=" + (baseUrl == null ? null : Complaint.bare(baseUrl)) + ", temperature=" + temperature
                + ", maxTokens=" + maxTokens + ", timeouts=" + timeouts + ", retrySettings=" + retrySettings
                + ", headers=" + headers.keySet() + ", options=" + options.keySet() + "]";
    }
}
