package io.aicore.llm;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AdmissionStore;
import io.aicore.limit.CircuitBreakers;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.codec.wire.SecretValues;
import io.aicore.llm.config.ConfigValues;
import io.aicore.llm.config.EnvironmentProxy;
import io.aicore.llm.config.Secret;
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
 * The configuration of a provider. Immutable; {@link Llm#from(LlmConfig)} creates the provider.
 *
 * <p>If a setting comes from several sources, the first of these wins: the request's own overrides, code, framework
 * properties, environment, file, default. Headers and options are merged by name in the same order.
 *
 * <p>Defaults: provider {@code openai}, the provider's own model and address, the model's own temperature and token
 * limit, {@link Timeouts#defaults()}, {@link RetrySettings#defaults()} with a deadline of 10 min,
 * {@link CircuitSettings#defaults()} or {@link CircuitSettings#admitted()} while calls wait for the circuit,
 * {@link AdmissionSettings#standard()}, a retry budget of its own, {@link HttpSettings#defaults()}, the number of retries sent as
 * {@code x-retry-count}.
 */
public final class LlmConfig {

    private static final Logger LOG = Loggers.getLogger(LlmConfig.class);

    private final RequestDefaults defaults;
    private final @Nullable Secret apiKey;
    private final @Nullable URI baseUrl;
    private final Timeouts timeouts;
    private final RetrySettings retrySettings;
    private final CircuitSettings circuitSettings;
    private final AdmissionSettings admissionSettings;
    private final AdmissionStore admissionStore;
    private final @Nullable RetryBudget retryBudget;
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
        ConfigValues values = builder.sources.values();
        defaults = RequestDefaults.of(values);
        apiKey = values.apiKey();
        baseUrl = values.baseUrl();
        timeouts = builder.timeouts.apply(values.timeouts());
        retrySettings = builder.retry.apply(values.retrySettings());
        admissionSettings = builder.admission.apply(values.admissionSettings());
        circuitSettings = builder.circuit.apply(values.circuitSettings(admissionSettings));
        admissionStore = builder.admissionStore;
        retryBudget = builder.retryBudget(values.retryBudget());
        httpSettings = builder.http.apply(values.httpSettings());
        headers = SecretValues.of(values.headers());
        options = SecretValues.of(values.options());
        retryCountHeader = values.retryCountHeader();
        modelCatalog = values.modelCatalog();
        requestChecks = values.requestChecks();
        listeners = List.copyOf(builder.listeners);
        observers = List.copyOf(builder.observers);
        scheduler = builder.scheduler;
        circuitBreakers = builder.circuitBreakers;
        authorizer = builder.authorizer;
        environmentProxy = values.environmentProxy();
        warnings = values.warnings();
        warnings.forEach(LOG::warn);
    }

    /**
     * A builder with default settings. Reads the environment only if {@link LlmConfigBuilder#fromEnvironment()} is
     * called.
     */
    public static LlmConfigBuilder builder() {
        return new LlmConfigBuilder();
    }

    /**
     * Reads the configuration from the environment of this process.
     *
     * @throws IllegalArgumentException as {@link LlmConfigBuilder#fromEnvironment(Map)}
     */
    public static LlmConfig fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Reads the configuration from these environment variables.
     *
     * @throws IllegalArgumentException as {@link LlmConfigBuilder#fromEnvironment(Map)}
     */
    public static LlmConfig fromEnvironment(Map<String, String> environment) {
        return builder().fromEnvironment(environment).build();
    }

    /**
     * Reads the configuration from a YAML file, overridden by the environment of this process. Blocks while it reads
     * the file: call it at program start, not on an event loop.
     *
     * @throws IllegalArgumentException as {@link LlmConfigBuilder#fromYaml(Path, Map)}
     */
    public static LlmConfig fromYaml(Path file) {
        return fromYaml(file, System.getenv());
    }

    /**
     * Reads the configuration from a YAML file, overridden by these environment variables. Blocks while it reads the
     * file.
     *
     * @throws IllegalArgumentException as {@link LlmConfigBuilder#fromYaml(Path, Map)}
     */
    public static LlmConfig fromYaml(Path file, Map<String, String> environment) {
        return builder()
                .fromYaml(file, environment)
                .fromEnvironment(environment)
                .build();
    }

    /**
     * A builder with all of these settings as if set in code: an environment or file added later changes none of them.
     */
    public LlmConfigBuilder toBuilder() {
        return new LlmConfigBuilder(this);
    }

    /** The provider's name in lower case. */
    public String provider() {
        return defaults.provider();
    }

    /** The key, from whichever source; null for providers that need none. */
    public @Nullable Secret apiKey() {
        return apiKey;
    }

    /** Default model of completion requests. */
    public @Nullable String model() {
        return defaults.model();
    }

    /** Default model of embedding requests. */
    public @Nullable String embeddingModel() {
        return defaults.embeddingModel();
    }

    /**
     * The provider's base URL, including the path before {@code /chat/completions} and the like; null for the
     * provider's own.
     */
    public @Nullable URI baseUrl() {
        return baseUrl;
    }

    /** Default temperature of requests. */
    public @Nullable Double temperature() {
        return defaults.temperature();
    }

    /** Default limit of an answer's tokens. */
    public @Nullable Integer maxTokens() {
        return defaults.maxTokens();
    }

    /** Timeouts of each phase of an attempt. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** Retry settings of a call; its deadline is never null. */
    public RetrySettings retrySettings() {
        return retrySettings;
    }

    /** Settings of the circuit breaker of each model. */
    public CircuitSettings circuitSettings() {
        return circuitSettings;
    }

    /** Connections, size limits, proxy, TLS. */
    public HttpSettings httpSettings() {
        return httpSettings;
    }

    /** The transport's settings, with the environment's proxy for this address unless a proxy is configured. */
    HttpSettings httpSettings(URI address) {
        return environmentProxy == null || httpSettings.proxy() != null
                ? httpSettings
                : httpSettings.proxy(environmentProxy.towards(address));
    }

    @Nullable
    EnvironmentProxy environmentProxy() {
        return environmentProxy;
    }

    /** Extra headers of every request. Their values may be secret and appear in no message and no {@code toString()}. */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Provider-specific settings, such as {@code api_version} or {@code organization}. Their values may be secret and
     * appear in no {@code toString()}.
     */
    public Map<String, String> options() {
        return options;
    }

    /** Whether the number of retries is sent as {@code x-retry-count}. */
    public boolean retryCountHeader() {
        return retryCountHeader;
    }

    /** The model catalogue: limits and prices of models. Default: {@link ModelCatalog#bundled()}. */
    public ModelCatalog modelCatalog() {
        return modelCatalog;
    }

    /** Whether a request is adapted if its model would certainly reject it. */
    public boolean requestChecks() {
        return requestChecks;
    }

    /** Retry listeners. */
    public List<RetryListener> listeners() {
        return listeners;
    }

    /** Call observers. */
    public List<CallObserver> observers() {
        return observers;
    }

    /** Timer and clock of all calls; null for Reactor's parallel scheduler. */
    public @Nullable Scheduler scheduler() {
        return scheduler;
    }

    /** How long calls wait for admission, and how many. */
    public AdmissionSettings admissionSettings() {
        return admissionSettings;
    }

    /** What shares the knowledge of rate limits with other providers and processes. */
    public AdmissionStore admissionStore() {
        return admissionStore;
    }

    /** The retry budget shared with other providers; null for the provider's own. */
    public @Nullable RetryBudget retryBudget() {
        return retryBudget;
    }

    /** Circuit breakers shared with other providers; null for the provider's own. */
    public @Nullable CircuitBreakers circuitBreakers() {
        return circuitBreakers;
    }

    /** Adds credentials to a request; null for the provider's own way, with the key. */
    public @Nullable RequestAuthorizer authorizer() {
        return authorizer;
    }

    /**
     * Probable mistakes in this configuration, one sentence each: a timeout that looks like milliseconds, a key sent
     * over plain http to another machine. Also logged when the configuration is built.
     */
    public List<String> warnings() {
        return warnings;
    }

    RequestDefaults defaults() {
        return defaults;
    }

    /** Omits the key, the values of headers and options, and all parts of an address but scheme, host and path. */
    @Override
    public String toString() {
        return "LlmConfig[provider=" + provider() + ", apiKey=" + apiKey + ", model=" + model()
                + ", baseUrl=" + (baseUrl == null ? null : Endpoints.bare(baseUrl)) + ", temperature="
                + temperature()
                + ", maxTokens=" + maxTokens() + ", timeouts=" + timeouts + ", retrySettings=" + retrySettings
                + ", headers=" + headers.keySet() + ", options=" + options.keySet() + "]";
    }
}
