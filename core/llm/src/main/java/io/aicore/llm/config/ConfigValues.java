package io.aicore.llm.config;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings that several sources come to, defaults included. */
public final class ConfigValues {

    private static final String DEFAULT_PROVIDER = "openai";

    private final SettingValues values;
    private final VendorVariables vendors;
    private final @Nullable String otherAddress;
    private final @Nullable EnvironmentProxy environmentProxy;
    private final String provider;

    ConfigValues(
            SettingValues values,
            VendorVariables vendors,
            @Nullable String otherAddress,
            @Nullable EnvironmentProxy environmentProxy) {
        this.values = values;
        this.vendors = vendors;
        this.otherAddress = otherAddress;
        this.environmentProxy = environmentProxy;
        @Nullable String named = values.get(Settings.PROVIDER);
        if (named == null && !values.has(Settings.API_KEY)) {
            named = vendors.onlyProvider();
        }
        this.provider = named == null ? DEFAULT_PROVIDER : named;
    }

    /** The provider's name; without one the vendor whose key is set, else {@code openai}. */
    public String provider() {
        return provider;
    }

    /** The key, from a setting or the vendor's own variable. */
    public @Nullable Secret apiKey() {
        return values.has(Settings.API_KEY) ? values.get(Settings.API_KEY) : vendors.key(provider);
    }

    /** The model of requests that name none. */
    public @Nullable String model() {
        return values.get(Settings.MODEL);
    }

    /** The model of embedding requests that name none. */
    public @Nullable String embeddingModel() {
        return values.get(Settings.EMBEDDING_MODEL);
    }

    /**
     * The base URL, from a setting or the vendor's own variable; null is the provider's own.
     *
     * @throws IllegalArgumentException if the environment names one by another program's variable: the key would go elsewhere
     */
    public @Nullable URI baseUrl() {
        @Nullable
        URI address = values.has(Settings.BASE_URL) ? values.get(Settings.BASE_URL) : vendors.baseUrl(provider);
        if (address == null && otherAddress != null) {
            throw FamiliarNames.unknown("", otherAddress, "did you mean LLM_BASE_URL?");
        }
        return address;
    }

    /** The temperature of requests that name none. */
    public @Nullable Double temperature() {
        return values.get(Settings.TEMPERATURE);
    }

    /** The token limit of requests that name none. */
    public @Nullable Integer maxTokens() {
        return values.get(Settings.MAX_TOKENS);
    }

    /** The timeouts of an attempt. */
    public Timeouts timeouts() {
        return SettingGroups.timeouts(values);
    }

    /** The retry settings, with a deadline. */
    public RetrySettings retrySettings() {
        return SettingGroups.retry(values);
    }

    /** The admission settings. */
    public AdmissionSettings admissionSettings() {
        return SettingGroups.admission(values);
    }

    /** Whether retries are limited by a budget. */
    public boolean retryBudget() {
        return values.get(Settings.RETRY_BUDGET, true);
    }

    /** The circuit settings; their default open time depends on whether calls wait for the circuit. */
    public CircuitSettings circuitSettings(AdmissionSettings admission) {
        return SettingGroups.circuit(values, admission);
    }

    /** The transport's settings. */
    public HttpSettings httpSettings() {
        return SettingGroups.http(values);
    }

    /** Extra headers; names compare without case. */
    public Map<String, String> headers() {
        return values.copyOfHeaders();
    }

    /** The provider's options, those of the vendor's own variables below the rest. */
    public Map<String, String> options() {
        Map<String, String> own = values.copyOfOptions();
        Map<String, String> all = new LinkedHashMap<>(vendors.options(provider, own));
        all.putAll(own);
        return Collections.unmodifiableMap(all);
    }

    /** Whether the number of retries is sent. */
    public boolean retryCountHeader() {
        return values.get(Settings.RETRY_COUNT_HEADER, true);
    }

    /** The catalogue of models. */
    public ModelCatalog modelCatalog() {
        @Nullable ModelCatalog catalog = values.get(Settings.MODELS_FILE);
        return catalog == null ? ModelCatalog.bundled() : catalog;
    }

    /** Whether requests are adapted to their model. */
    public boolean requestChecks() {
        return values.get(Settings.REQUEST_CHECKS, true);
    }

    /** The machine's proxy; null if the environment names none. */
    public @Nullable EnvironmentProxy environmentProxy() {
        return environmentProxy;
    }

    /** A sentence for each value that is surely meant otherwise. */
    public List<String> warnings() {
        return ConfigWarnings.of(values, baseUrl(), apiKey());
    }
}
