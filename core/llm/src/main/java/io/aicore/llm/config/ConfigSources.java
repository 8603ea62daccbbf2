package io.aicore.llm.config;

import io.aicore.llm.model.ModelCatalog;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects settings from code, a framework's properties, the environment and YAML files, in this order of precedence,
 * whatever the order of the calls. A wrong value is an {@link IllegalArgumentException} that names the setting, where it
 * stands, the value unless it is secret, and what is expected. Not thread-safe.
 */
public final class ConfigSources {

    private final SettingValues code = new SettingValues();
    private SettingValues properties = new SettingValues();
    private SettingValues environment = new SettingValues();
    private SettingValues file = new SettingValues();
    private VendorVariables vendors = VendorVariables.none();
    private @Nullable String otherAddress;
    private @Nullable EnvironmentProxy proxy;

    /** Creates an empty set of sources. */
    public ConfigSources() {}

    /** Adds the {@code LLM_*} variables, the vendors' own ones and the machine's proxy. */
    public void environment(Map<String, String> variables, VendorVariables.Modules modules) {
        environment = EnvironmentConfig.read(variables).over(environment);
        otherAddress = EnvironmentConfig.otherAddress(variables);
        proxy = EnvironmentProxy.of(variables);
        vendors = new VendorVariables(variables, modules);
    }

    /** Adds a YAML file, its placeholders filled from these variables. Blocks while it reads the file. */
    public void yaml(Path path, Map<String, String> variables) {
        file = YamlConfig.read(path, variables).over(file);
    }

    /** Adds the text of a YAML file of this name. */
    public void yaml(String name, String text, Map<String, String> variables) {
        file = YamlConfig.parse(name, text, variables).over(file);
    }

    /** Adds a framework's properties, their names without the prefix. */
    public void properties(String prefix, Map<String, String> added) {
        properties = PropertyConfig.read(prefix, added).over(properties);
    }

    /** Sets the machine's proxy as an earlier environment had it. */
    public void environmentProxy(@Nullable EnvironmentProxy environmentProxy) {
        proxy = environmentProxy;
    }

    /** Sets the provider's name in code. */
    public void provider(String provider) {
        read(Settings.PROVIDER, "provider", provider);
    }

    /** Sets the key in code. */
    public void apiKey(@Nullable Secret key) {
        put(Settings.API_KEY, key);
    }

    /** Sets the model in code. */
    public void model(String model) {
        read(Settings.MODEL, "model", model);
    }

    /** Sets the model for embeddings in code. */
    public void embeddingModel(String model) {
        read(Settings.EMBEDDING_MODEL, "embeddingModel", model);
    }

    /** Sets the base URL in code. */
    public void baseUrl(String address) {
        read(Settings.BASE_URL, "baseUrl", address);
    }

    /** Sets the base URL in code, as an earlier configuration had it. */
    public void baseUrl(@Nullable URI address) {
        put(Settings.BASE_URL, address);
    }

    /** Sets the temperature in code. */
    public void temperature(double temperature) {
        read(Settings.TEMPERATURE, "temperature", String.valueOf(temperature));
    }

    /** Sets the token limit of an answer in code. */
    public void maxTokens(int maxTokens) {
        read(Settings.MAX_TOKENS, "maxTokens", String.valueOf(maxTokens));
    }

    /** Sets in code whether the number of retries is sent. */
    public void retryCountHeader(boolean sent) {
        put(Settings.RETRY_COUNT_HEADER, sent);
    }

    /** Sets the catalogue of models in code. */
    public void modelCatalog(ModelCatalog catalog) {
        put(Settings.MODELS_FILE, catalog);
    }

    /** Sets in code whether requests are adapted to their model. */
    public void requestChecks(boolean checks) {
        put(Settings.REQUEST_CHECKS, checks);
    }

    /** Adds a header in code. */
    public void header(String name, String value) {
        code.headers().put(HeaderSyntax.name("headers", name), HeaderSyntax.value("headers." + name, value));
    }

    /** Adds an option of the provider in code. */
    public void option(String name, String value) {
        code.options().put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    }

    /** The values that all sources come to. */
    public ConfigValues values() {
        return new ConfigValues(code.over(properties).over(environment).over(file), vendors, otherAddress, proxy);
    }

    private <T> void read(Setting<T> setting, String name, String text) {
        put(setting, setting.read(name, text, text));
    }

    private <T> void put(Setting<T> setting, @Nullable T value) {
        if (value != null) {
            code.put(setting, value, setting.paths().get(0));
        }
    }
}
