package io.aicore.llm;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AdmissionStore;
import io.aicore.limit.CircuitBreakers;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.config.ConfigSources;
import io.aicore.llm.config.Secret;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.llm.observe.CallObserver;
import io.aicore.retry.RetryListener;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Builds an {@link LlmConfig} from code, properties, environment and file. The order of precedence is fixed (code,
 * properties, environment, file, default) and does not depend on the order of calls. An invalid value is an
 * {@link IllegalArgumentException} with the setting and its source. Not thread-safe; {@link #build()} may be called
 * repeatedly.
 *
 * <p>A group of settings is either replaced, {@code retrySettings(RetrySettings.defaults().maxRetries(5))}, or edited,
 * {@code retrySettings(settings -> settings.maxRetries(5))}, which keeps the other values of environment and file.
 */
public final class LlmConfigBuilder {

    // Read by the configuration that it builds.
    final ConfigSources sources = new ConfigSources();
    UnaryOperator<RetrySettings> retry = UnaryOperator.identity();
    UnaryOperator<Timeouts> timeouts = UnaryOperator.identity();
    UnaryOperator<CircuitSettings> circuit = UnaryOperator.identity();
    UnaryOperator<AdmissionSettings> admission = UnaryOperator.identity();
    UnaryOperator<HttpSettings> http = UnaryOperator.identity();
    final List<RetryListener> listeners = new ArrayList<>();
    final List<CallObserver> observers = new ArrayList<>();

    @Nullable
    Scheduler scheduler;

    @Nullable
    CircuitBreakers circuitBreakers;

    AdmissionStore admissionStore = AdmissionStore.NONE;

    private @Nullable RetryBudget retryBudget;

    @Nullable
    RequestAuthorizer authorizer;

    LlmConfigBuilder() {}

    LlmConfigBuilder(LlmConfig config) {
        provider(config.provider());
        sources.apiKey(config.apiKey());
        ifSet(config.model(), sources::model);
        ifSet(config.embeddingModel(), sources::embeddingModel);
        sources.baseUrl(config.baseUrl());
        ifSet(config.temperature(), sources::temperature);
        ifSet(config.maxTokens(), sources::maxTokens);
        timeouts(config.timeouts());
        retrySettings(config.retrySettings());
        circuitSettings(config.circuitSettings());
        httpSettings(config.httpSettings());
        admissionSettings(config.admissionSettings());
        admissionStore = config.admissionStore();
        retryBudget = config.retryBudget();
        config.headers().forEach(this::header);
        config.options().forEach(this::option);
        retryCountHeader(config.retryCountHeader());
        modelCatalog(config.modelCatalog());
        requestChecks(config.requestChecks());
        listeners.addAll(config.listeners());
        observers.addAll(config.observers());
        scheduler = config.scheduler();
        circuitBreakers = config.circuitBreakers();
        authorizer = config.authorizer();
        sources.environmentProxy(config.environmentProxy());
    }

    /** Reads the environment of this process; see {@link #fromEnvironment(Map)}. */
    public LlmConfigBuilder fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Reads these environment variables: the {@code LLM_*} variables of the settings table in the README. Times are
     * seconds as decimals; a blank value counts as absent. {@code LLM_OPTION_API_VERSION} is the option
     * {@code api_version}.
     *
     * <p>If neither code nor {@code LLM_*} nor the file sets a key, the vendor's own variable is read, such as
     * {@code OPENAI_API_KEY}; for an address, {@code OPENAI_BASE_URL} and the like; for some options, such as
     * {@code OLLAMA_HOST}. They have lower precedence than the file because they apply to every program of the machine.
     * A provider's module may define its variables ({@link LlmProviderFactory#keyVariables}). If neither a provider nor
     * a key is set, the provider whose own key is set is chosen; {@code openai} among several.
     *
     * <p>{@code HTTPS_PROXY} sets the proxy for https addresses, {@code NO_PROXY} the hosts without one; it is never
     * used for this machine, and only if no proxy is configured for this library.
     *
     * <p>An unknown {@code LLM_*} variable that resembles a known one is an error with a suggestion; any other (other
     * programs use the prefix too) is a warning in the log.
     *
     * @throws IllegalArgumentException if a value is invalid; the message has the variable, its value unless secret,
     *     and what is expected
     */
    public LlmConfigBuilder fromEnvironment(Map<String, String> variables) {
        sources.environment(variables, Llm.modules());
        return this;
    }

    /**
     * Reads a YAML file; <code>${VAR}</code> is replaced from the environment of this process. Blocks while it reads.
     */
    public LlmConfigBuilder fromYaml(Path path) {
        return fromYaml(path, System.getenv());
    }

    /**
     * Reads a YAML file: the keys of the settings table in the README, at the top level or all below {@code llm:}.
     * <code>${VAR}</code> and <code>${VAR:-default}</code> in a value are replaced from these variables;
     * <code>$${</code> is a literal <code>${</code>. At most 1 MiB, UTF-8. Blocks while it reads the file.
     *
     * @throws IllegalArgumentException if the file is invalid; the message has the file, the key's path, its value
     *     unless secret, and what is expected; a suggestion for an unknown key; line and column of a YAML error
     */
    public LlmConfigBuilder fromYaml(Path path, Map<String, String> variables) {
        sources.yaml(path, variables);
        return this;
    }

    LlmConfigBuilder fromYaml(String name, String text, Map<String, String> variables) {
        sources.yaml(name, text, variables);
        return this;
    }

    /**
     * Reads a framework's properties: the keys of the settings table in the README, here without their prefix, in snake
     * case, kebab case or camel case. Times are seconds as decimals; a blank value counts as absent. Headers and
     * options are {@code headers.NAME} and {@code options.NAME}. Placeholders must be resolved by the framework.
     *
     * @param prefix prefix of a name in error messages, such as {@code aicore}; may be empty
     * @throws IllegalArgumentException if a value is invalid; the message has the property, its value unless secret,
     *     and what is expected; a suggestion for an unknown name
     */
    public LlmConfigBuilder fromProperties(String prefix, Map<String, String> properties) {
        sources.properties(prefix, properties);
        return this;
    }

    /** Sets the provider's name. Default: {@code openai}. */
    public LlmConfigBuilder provider(String provider) {
        sources.provider(provider);
        return this;
    }

    /**
     * Sets the key. Default: the key that {@link #fromEnvironment(Map)} finds; a provider that needs one fails on
     * creation without it.
     */
    public LlmConfigBuilder apiKey(String apiKey) {
        return apiKey(Secret.of(apiKey));
    }

    /** Sets the key. */
    public LlmConfigBuilder apiKey(Secret apiKey) {
        sources.apiKey(apiKey);
        return this;
    }

    /** Sets the default model of completion requests. */
    public LlmConfigBuilder model(String model) {
        sources.model(model);
        return this;
    }

    /** Sets the default model of embedding requests. */
    public LlmConfigBuilder embeddingModel(String model) {
        sources.embeddingModel(model);
        return this;
    }

    /** Sets the provider's base URL with its complete path. Default: the provider's own. */
    public LlmConfigBuilder baseUrl(String baseUrl) {
        sources.baseUrl(baseUrl);
        return this;
    }

    /** Sets the provider's base URL with its complete path. */
    public LlmConfigBuilder baseUrl(URI baseUrl) {
        return baseUrl(baseUrl.toString());
    }

    /** Sets the default temperature, 0 to 2. Default: the model's own. */
    public LlmConfigBuilder temperature(double temperature) {
        sources.temperature(temperature);
        return this;
    }

    /** Sets the default limit of an answer's tokens, at least 1. Default: the model's own. */
    public LlmConfigBuilder maxTokens(int maxTokens) {
        sources.maxTokens(maxTokens);
        return this;
    }

    /** Sets the limit of a whole call, waits included. Default: 10 min. */
    public LlmConfigBuilder deadline(Duration deadline) {
        RetrySettings.defaults().deadline(deadline);
        return retrySettings(settings -> settings.deadline(deadline));
    }

    /** Replaces all timeouts of an attempt. */
    public LlmConfigBuilder timeouts(Timeouts timeouts) {
        Objects.requireNonNull(timeouts, "timeouts");
        return timeouts(before -> timeouts);
    }

    /** Edits the timeouts of an attempt. */
    public LlmConfigBuilder timeouts(UnaryOperator<Timeouts> change) {
        timeouts = after(timeouts, change);
        return this;
    }

    /**
     * Replaces all retry settings. A provider's calls always have a deadline: null here keeps the one from another
     * source.
     */
    public LlmConfigBuilder retrySettings(RetrySettings settings) {
        Objects.requireNonNull(settings, "retrySettings");
        return retrySettings(before -> settings);
    }

    /** Edits the retry settings. */
    public LlmConfigBuilder retrySettings(UnaryOperator<RetrySettings> change) {
        retry = after(retry, before -> {
            RetrySettings changed = change.apply(before);
            return changed.deadline() == null ? changed.deadline(before.deadline()) : changed;
        });
        return this;
    }

    /** Replaces all circuit settings. Does not affect circuits given by {@link #circuitBreakers(CircuitBreakers)}. */
    public LlmConfigBuilder circuitSettings(CircuitSettings settings) {
        Objects.requireNonNull(settings, "circuitSettings");
        return circuitSettings(before -> settings);
    }

    /** Edits the circuit settings. */
    public LlmConfigBuilder circuitSettings(UnaryOperator<CircuitSettings> change) {
        circuit = after(circuit, change);
        return this;
    }

    /** Replaces all admission settings, by a preset for example: {@code AdmissionSettings.batch()}. */
    public LlmConfigBuilder admissionSettings(AdmissionSettings settings) {
        Objects.requireNonNull(settings, "admissionSettings");
        return admissionSettings(before -> settings);
    }

    /** Edits the admission settings. */
    public LlmConfigBuilder admissionSettings(UnaryOperator<AdmissionSettings> change) {
        admission = after(admission, change);
        return this;
    }

    /** Replaces all settings of the transport. */
    public LlmConfigBuilder httpSettings(HttpSettings settings) {
        Objects.requireNonNull(settings, "httpSettings");
        return httpSettings(before -> settings);
    }

    /** Edits the settings of the transport. */
    public LlmConfigBuilder httpSettings(UnaryOperator<HttpSettings> change) {
        http = after(http, change);
        return this;
    }

    /** Adds a header to every request. Its value is treated as a secret. */
    public LlmConfigBuilder header(String name, String value) {
        sources.header(name, value);
        return this;
    }

    /** Adds a provider-specific setting, such as {@code api_version}. */
    public LlmConfigBuilder option(String name, String value) {
        sources.option(name, value);
        return this;
    }

    /** Sets whether the number of retries is sent as {@code x-retry-count}. Default: yes. */
    public LlmConfigBuilder retryCountHeader(boolean sent) {
        sources.retryCountHeader(sent);
        return this;
    }

    /**
     * Sets the model catalogue. Default: {@link ModelCatalog#bundled()}. Environment and file set the name of a file,
     * see {@link ModelCatalog#fromFile}.
     */
    public LlmConfigBuilder modelCatalog(ModelCatalog catalog) {
        sources.modelCatalog(catalog);
        return this;
    }

    /**
     * Sets whether a request is adapted if, by the catalogue, its model would certainly reject it: a token limit above
     * the model's own is lowered to it, and a temperature other than 1 is omitted for models without one. Logged once
     * per model and added to the warnings of the response metadata. Default: yes.
     */
    public LlmConfigBuilder requestChecks(boolean checks) {
        sources.requestChecks(checks);
        return this;
    }

    /** Adds a retry listener. */
    public LlmConfigBuilder listener(RetryListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds an observer of calls: a collector of records, metrics or traces. */
    public LlmConfigBuilder observer(CallObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /** Sets timer and clock of all calls, for tests on virtual time. Default: Reactor's parallel scheduler. */
    public LlmConfigBuilder scheduler(@Nullable Scheduler scheduler) {
        this.scheduler = scheduler;
        return this;
    }

    /** Sets circuit breakers shared with other providers. Default: the provider's own. */
    public LlmConfigBuilder circuitBreakers(@Nullable CircuitBreakers circuitBreakers) {
        this.circuitBreakers = circuitBreakers;
        return this;
    }

    /**
     * Shares what a 429 has taught with other providers of this name, base URL, key and model, in this process
     * ({@link AdmissionStore#inMemory()}) or in others. Default: {@link AdmissionStore#NONE}.
     */
    public LlmConfigBuilder admissionStore(AdmissionStore admissionStore) {
        this.admissionStore = Objects.requireNonNull(admissionStore, "admissionStore");
        return this;
    }

    /**
     * Sets a retry budget, shared with other providers or {@link RetryBudget#unlimited()}. Default: the provider's own, with
     * {@link RetryBudget#create()}.
     */
    public LlmConfigBuilder retryBudget(@Nullable RetryBudget retryBudget) {
        this.retryBudget = retryBudget;
        return this;
    }

    /** Sets what adds credentials to a request instead of the key. Default: the provider's own way. */
    public LlmConfigBuilder authorizer(@Nullable RequestAuthorizer authorizer) {
        this.authorizer = authorizer;
        return this;
    }

    /**
     * Builds the configuration.
     *
     * @throws IllegalArgumentException if two values contradict each other, naming both
     */
    public LlmConfig build() {
        return new LlmConfig(this);
    }

    @Nullable
    RetryBudget retryBudget(boolean limited) {
        return retryBudget != null || limited ? retryBudget : RetryBudget.unlimited();
    }

    private static <T> void ifSet(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static <T> UnaryOperator<T> after(UnaryOperator<T> first, UnaryOperator<T> then) {
        Objects.requireNonNull(then, "change");
        return value -> then.apply(first.apply(value));
    }
}
