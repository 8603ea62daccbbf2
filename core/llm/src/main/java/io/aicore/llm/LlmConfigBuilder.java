package io.aicore.llm;

import io.aicore.limit.CircuitBreakers;
import io.aicore.limit.CircuitSettings;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Builds an {@link LlmConfig} out of code, properties, environment and file. Their order of precedence is fixed (code,
 * properties, environment, file, default), whatever the order of the calls here. A wrong value is an {@link IllegalArgumentException} that names
 * it and where it was said. Not for several threads at once; {@link #build()} may be called again.
 *
 * <p>Groups of settings are set as a whole, {@code retrySettings(RetrySettings.defaults().maxRetries(5))}, or changed,
 * {@code retrySettings(settings -> settings.maxRetries(5))}, which keeps what environment and file say of the rest.
 */
public final class LlmConfigBuilder {

    private static final String DEFAULT_PROVIDER = "openai";

    private final SettingValues code = new SettingValues();
    private SettingValues properties = new SettingValues();
    private SettingValues environment = new SettingValues();
    private SettingValues file = new SettingValues();
    private VendorVariables vendors = new VendorVariables(Map.of(), List.of());
    private UnaryOperator<RetrySettings> retry = UnaryOperator.identity();
    private UnaryOperator<Timeouts> timeouts = UnaryOperator.identity();
    private UnaryOperator<CircuitSettings> circuit = UnaryOperator.identity();
    private UnaryOperator<HttpSettings> http = UnaryOperator.identity();
    private final List<RetryListener> listeners = new ArrayList<>();
    private final List<CallObserver> observers = new ArrayList<>();
    private @Nullable Scheduler scheduler;
    private @Nullable CircuitBreakers circuitBreakers;
    private @Nullable RequestAuthorizer authorizer;
    private @Nullable String otherAddress;
    private @Nullable EnvironmentProxy environmentProxy;

    LlmConfigBuilder() {}

    LlmConfigBuilder(LlmConfig config) {
        provider(config.provider());
        say(Settings.API_KEY, config.apiKey());
        say(Settings.MODEL, config.model());
        say(Settings.EMBEDDING_MODEL, config.embeddingModel());
        say(Settings.BASE_URL, config.baseUrl());
        say(Settings.TEMPERATURE, config.temperature());
        say(Settings.MAX_TOKENS, config.maxTokens());
        timeouts(config.timeouts());
        retrySettings(config.retrySettings());
        circuitSettings(config.circuitSettings());
        httpSettings(config.httpSettings());
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
        environmentProxy = config.environmentProxy();
    }

    /** Adds what this process's environment says; see {@link #fromEnvironment(Map)}. */
    public LlmConfigBuilder fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Adds what this environment says: the {@code LLM_*} variables of the settings table in the README, times in seconds
     * as decimals, a blank value as if it were not set. {@code LLM_OPTION_API_VERSION} is the option {@code api_version}.
     *
     * <p>Where neither code nor {@code LLM_*} nor the file names a key, the vendor's own variable is asked, such as
     * {@code OPENAI_API_KEY}; for an address, such as {@code OPENAI_BASE_URL}; for some options, such as {@code
     * OLLAMA_HOST}. They stand below the file because they speak to every program of the machine. Which they are, a
     * provider's module may say itself ({@link LlmProviderFactory#keyVariables}). Where nobody names a provider or a key
     * either, the provider is the one whose own key is set; {@code openai} among several.
     *
     * <p>{@code HTTPS_PROXY} is the proxy to https addresses, {@code NO_PROXY} the hosts without one; never to this machine
     * itself, and only where no proxy is set for this library.
     *
     * <p>An {@code LLM_*} variable that looks like one of these misspelt is an error naming what it resembles; one that
     * does not (other programs have such variables too) is a warning in the log.
     *
     * @throws IllegalArgumentException naming the variable, its value unless it is secret, and what is expected
     */
    public LlmConfigBuilder fromEnvironment(Map<String, String> variables) {
        environment = EnvironmentConfig.read(variables).over(environment);
        otherAddress = EnvironmentConfig.otherAddress(variables);
        environmentProxy = EnvironmentProxy.of(variables);
        vendors = new VendorVariables(variables, Llm.factories());
        return this;
    }

    /** Adds what a YAML file says, <code>${VAR}</code> taken from this process's environment. Blocks while it reads. */
    public LlmConfigBuilder fromYaml(Path path) {
        return fromYaml(path, System.getenv());
    }

    /**
     * Adds what a YAML file says: the keys of the settings table in the README, at the top or all below {@code llm:}.
     * <code>${VAR}</code> and <code>${VAR:-default}</code> in a value are replaced from these variables, <code>$${</code> stands for
     * <code>${</code> itself. At most 1 MiB, UTF-8. Blocks while it reads the file.
     *
     * @throws IllegalArgumentException naming file, path of the key, value unless it is secret, and what is expected; for
     *     unknown keys the nearest known one; for a file that is not YAML the line and column
     */
    public LlmConfigBuilder fromYaml(Path path, Map<String, String> variables) {
        return fromYaml(YamlConfig.read(path, variables));
    }

    LlmConfigBuilder fromYaml(SettingValues said) {
        file = said.over(file);
        return this;
    }

    /**
     * Adds what a framework's properties say: the keys of the settings table in the README, here without their prefix, in
     * snake case, kebab case or camel case, times in seconds as decimals, a blank value as if it were not set. Headers and
     * options are {@code headers.NAME} and {@code options.NAME}. Placeholders are the framework's to fill.
     *
     * @param prefix what complaints put before a name, as {@code aicore}; may be empty
     * @throws IllegalArgumentException naming the property, its value unless it is secret, and what is expected; for unknown
     *     names the nearest known one
     */
    public LlmConfigBuilder fromProperties(String prefix, Map<String, String> properties) {
        this.properties = PropertyConfig.read(prefix, properties).over(this.properties);
        return this;
    }

    /** The provider's name. Default: {@code openai}. */
    public LlmConfigBuilder provider(String provider) {
        return say(Settings.PROVIDER, Settings.PROVIDER.read("provider", provider, provider));
    }

    /** The key. Default: what {@link #fromEnvironment(Map)} finds; a provider that needs one says so when it is made. */
    public LlmConfigBuilder apiKey(String apiKey) {
        return apiKey(Secret.of(apiKey));
    }

    /** The key. */
    public LlmConfigBuilder apiKey(Secret apiKey) {
        return say(Settings.API_KEY, apiKey);
    }

    /** The model of requests that name none. */
    public LlmConfigBuilder model(String model) {
        return say(Settings.MODEL, Settings.MODEL.read("model", model, model));
    }

    /** The model of requests for vectors that name none. */
    public LlmConfigBuilder embeddingModel(String model) {
        return say(Settings.EMBEDDING_MODEL, Settings.EMBEDDING_MODEL.read("embeddingModel", model, model));
    }

    /** The provider's address with all of its base path. Default: the provider's own. */
    public LlmConfigBuilder baseUrl(String baseUrl) {
        return say(Settings.BASE_URL, Settings.BASE_URL.read("baseUrl", baseUrl, baseUrl));
    }

    /** The provider's address with all of its base path. */
    public LlmConfigBuilder baseUrl(URI baseUrl) {
        return baseUrl(baseUrl.toString());
    }

    /** 0 to 2. Default: the model's own. */
    public LlmConfigBuilder temperature(double temperature) {
        String text = String.valueOf(temperature);
        return say(Settings.TEMPERATURE, Settings.TEMPERATURE.read("temperature", text, text));
    }

    /** At least 1. Default: the model's own. */
    public LlmConfigBuilder maxTokens(int maxTokens) {
        String text = String.valueOf(maxTokens);
        return say(Settings.MAX_TOKENS, Settings.MAX_TOKENS.read("maxTokens", text, text));
    }

    /** Bounds every call, waits included. Default: 10 min. */
    public LlmConfigBuilder deadline(Duration deadline) {
        RetrySettings.defaults().deadline(deadline);
        return retrySettings(settings -> settings.deadline(deadline));
    }

    /** All timeouts of an attempt. */
    public LlmConfigBuilder timeouts(Timeouts timeouts) {
        Objects.requireNonNull(timeouts, "timeouts");
        return timeouts(before -> timeouts);
    }

    /** Changes timeouts of an attempt. */
    public LlmConfigBuilder timeouts(UnaryOperator<Timeouts> change) {
        timeouts = after(timeouts, change);
        return this;
    }

    /** All retry settings. A provider's calls always have a deadline: null here means the one said elsewhere. */
    public LlmConfigBuilder retrySettings(RetrySettings settings) {
        Objects.requireNonNull(settings, "retrySettings");
        return retrySettings(before -> settings);
    }

    /** Changes retry settings. */
    public LlmConfigBuilder retrySettings(UnaryOperator<RetrySettings> change) {
        retry = after(retry, before -> {
            RetrySettings changed = change.apply(before);
            return changed.deadline() == null ? changed.deadline(before.deadline()) : changed;
        });
        return this;
    }

    /** All circuit settings. Without effect on circuits given by {@link #circuitBreakers(CircuitBreakers)}. */
    public LlmConfigBuilder circuitSettings(CircuitSettings settings) {
        Objects.requireNonNull(settings, "circuitSettings");
        return circuitSettings(before -> settings);
    }

    /** Changes circuit settings. */
    public LlmConfigBuilder circuitSettings(UnaryOperator<CircuitSettings> change) {
        circuit = after(circuit, change);
        return this;
    }

    /** All settings of the transport. */
    public LlmConfigBuilder httpSettings(HttpSettings settings) {
        Objects.requireNonNull(settings, "httpSettings");
        return httpSettings(before -> settings);
    }

    /** Changes settings of the transport. */
    public LlmConfigBuilder httpSettings(UnaryOperator<HttpSettings> change) {
        http = after(http, change);
        return this;
    }

    /** Adds a header to every request. Its value counts as secret. */
    public LlmConfigBuilder header(String name, String value) {
        code.headers().put(Headers.name("headers", name), Headers.value("headers." + name, value));
        return this;
    }

    /** Adds a setting that this provider alone knows, such as {@code api_version}. */
    public LlmConfigBuilder option(String name, String value) {
        code.options().put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Whether the number of retries goes out as {@code x-retry-count}. Default: yes. */
    public LlmConfigBuilder retryCountHeader(boolean sent) {
        return say(Settings.RETRY_COUNT_HEADER, sent);
    }

    /**
     * What is known of models. Default: {@link ModelCatalog#bundled()}; in environment and file it is a file's name, see
     * {@link ModelCatalog#fromFile}.
     */
    public LlmConfigBuilder modelCatalog(ModelCatalog catalog) {
        return say(Settings.MODELS_FILE, catalog);
    }

    /**
     * Whether a request is adapted where its model would refuse it for certain, by the catalogue: a token limit over the
     * model's own is lowered to it, and a temperature other than 1 is left out where the model takes none. It is logged once
     * per model, and is among the warnings of the answer's provenance. Default: yes.
     */
    public LlmConfigBuilder requestChecks(boolean checks) {
        return say(Settings.REQUEST_CHECKS, checks);
    }

    /** Adds one who hears of every decision. */
    public LlmConfigBuilder listener(RetryListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds one who sees every call from its beginning to its end: a collector of records, metrics, traces. */
    public LlmConfigBuilder observer(CallObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /** Timer and clock of all calls, for tests on virtual time. Default: Reactor's parallel scheduler. */
    public LlmConfigBuilder scheduler(@Nullable Scheduler scheduler) {
        this.scheduler = scheduler;
        return this;
    }

    /** Circuits to share with other providers. Default: a set of the provider's own. */
    public LlmConfigBuilder circuitBreakers(@Nullable CircuitBreakers circuitBreakers) {
        this.circuitBreakers = circuitBreakers;
        return this;
    }

    /** What adds the proof of who asks, instead of the key. Default: the provider's own way. */
    public LlmConfigBuilder authorizer(@Nullable RequestAuthorizer authorizer) {
        this.authorizer = authorizer;
        return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if two values contradict each other, naming both
     */
    public LlmConfig build() {
        return new LlmConfig(this);
    }

    SettingValues said() {
        return code.over(properties).over(environment).over(file);
    }

    String provider(SettingValues said) {
        String named = said.get(Settings.PROVIDER);
        if (named == null && !said.has(Settings.API_KEY)) {
            named = vendors.onlyProvider();
        }
        return named == null ? DEFAULT_PROVIDER : named;
    }

    @Nullable
    Secret apiKey(SettingValues said, String provider) {
        return said.has(Settings.API_KEY) ? said.get(Settings.API_KEY) : vendors.key(provider);
    }

    @Nullable
    URI baseUrl(SettingValues said, String provider) {
        @Nullable URI address = said.has(Settings.BASE_URL) ? said.get(Settings.BASE_URL) : vendors.baseUrl(provider);
        if (address == null && otherAddress != null) {
            // Unread, the key that was meant for that address would go to the provider's own.
            throw Complaint.unknown("", otherAddress, "did you mean LLM_BASE_URL?");
        }
        return address;
    }

    Map<String, String> options(SettingValues said, String provider) {
        Map<String, String> own = said.copyOfOptions();
        Map<String, String> all = new LinkedHashMap<>(vendors.options(provider, own));
        all.putAll(own);
        return Collections.unmodifiableMap(all);
    }

    Timeouts resolve(Timeouts below) {
        return timeouts.apply(below);
    }

    RetrySettings resolve(RetrySettings below) {
        return retry.apply(below);
    }

    CircuitSettings resolve(CircuitSettings below) {
        return circuit.apply(below);
    }

    HttpSettings resolve(HttpSettings below) {
        return http.apply(below);
    }

    List<RetryListener> listeners() {
        return List.copyOf(listeners);
    }

    List<CallObserver> observers() {
        return List.copyOf(observers);
    }

    @Nullable
    Scheduler scheduler() {
        return scheduler;
    }

    @Nullable
    RequestAuthorizer authorizer() {
        return authorizer;
    }

    @Nullable
    EnvironmentProxy environmentProxy() {
        return environmentProxy;
    }

    @Nullable
    CircuitBreakers circuitBreakers() {
        return circuitBreakers;
    }

    private <T> LlmConfigBuilder say(Setting<T> setting, @Nullable T value) {
        if (value != null) {
            code.put(setting, value, setting.paths().get(0));
        }
        return this;
    }

    private static <T> UnaryOperator<T> after(UnaryOperator<T> first, UnaryOperator<T> then) {
        Objects.requireNonNull(then, "change");
        return value -> then.apply(first.apply(value));
    }
}
