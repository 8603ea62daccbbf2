package io.aicore.llm;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitMode;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.Priority;
import io.aicore.llm.config.Secret;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.ProxySettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/** Every setting with a value that is not its default, and where the configuration shows it. */
@SuppressWarnings("ImmutableEnumChecker") // the accessors hold no state and the expected values are immutable
enum SettingTable {
    LLM_PROVIDER("provider", "Groq", LlmConfig::provider, "groq"),
    LLM_API_KEY("api_key", "sk-1", LlmConfig::apiKey, Secret.of("sk-1")),
    LLM_MODEL("model", "gpt-4", LlmConfig::model, "gpt-4"),
    LLM_EMBEDDING_MODEL("embedding_model", "embed-1", LlmConfig::embeddingModel, "embed-1"),
    LLM_BASE_URL("base_url", "https://h/v1", LlmConfig::baseUrl, URI.create("https://h/v1")),
    LLM_TEMPERATURE("temperature", "0.2", LlmConfig::temperature, 0.2),
    LLM_MAX_TOKENS("max_tokens", "500", LlmConfig::maxTokens, 500),
    LLM_RETRY_COUNT_HEADER("retry_count_header", "false", LlmConfig::retryCountHeader, false),
    LLM_MODELS_FILE(
            "models_file",
            "src/test/resources/io/aicore/llm/models.json",
            c -> c.modelCatalog().find("scripted", null, "model-1").isPresent(),
            true),
    LLM_REQUEST_CHECKS("request_checks", "false", LlmConfig::requestChecks, false),
    LLM_DEADLINE("deadline", "120", retry(RetrySettings::deadline), seconds("120")),
    LLM_CONNECT_TIMEOUT("connect_timeout", "5", timeouts(Timeouts::connect), seconds("5")),
    LLM_FIRST_TOKEN_TIMEOUT("first_token_timeout", "90.5", timeouts(Timeouts::firstToken), seconds("90.5")),
    LLM_FIRST_CONTENT_TIMEOUT("first_content_timeout", "90.5", timeouts(Timeouts::firstContent), seconds("90.5")),
    LLM_IDLE_TIMEOUT("idle_timeout", "0.25", timeouts(Timeouts::idle), seconds("0.25")),
    LLM_ATTEMPT_TIMEOUT("attempt_timeout", "30", timeouts(Timeouts::attempt), seconds("30")),
    LLM_MAX_RETRIES("retry_settings.max_attempts", "5", retry(RetrySettings::maxRetries), 5),
    LLM_RETRY_INITIAL_DELAY("retry_settings.initial_delay", "1.5", retry(RetrySettings::initialDelay), seconds("1.5")),
    LLM_RETRY_MAX_DELAY("retry_settings.max_delay", "15.0", retry(RetrySettings::maxDelay), seconds("15")),
    LLM_RETRY_BACKOFF_FACTOR("retry_settings.backoff_factor", "2.5", retry(RetrySettings::backoffFactor), 2.5),
    LLM_RETRY_JITTER("retry_settings.jitter", "full", retry(RetrySettings::jitter), Jitter.full()),
    LLM_RETRY_MAX_SERVER_DELAY(
            "retry_settings.max_server_delay", "20", retry(RetrySettings::maxServerDelay), seconds("20")),
    LLM_CIRCUIT_ENABLED("circuit_settings.enabled", "false", circuit(CircuitSettings::enabled), false),
    LLM_CIRCUIT_MODE("circuit_settings.mode", "soft", circuit(CircuitSettings::mode), CircuitMode.SOFT),
    LLM_CIRCUIT_FAILURE_RATE("circuit_settings.failure_rate", "0.75", circuit(CircuitSettings::failureRate), 0.75),
    LLM_CIRCUIT_WINDOW("circuit_settings.window", "20", circuit(CircuitSettings::window), seconds("20")),
    LLM_CIRCUIT_MINIMUM_CALLS("circuit_settings.minimum_calls", "7", circuit(CircuitSettings::minimumCalls), 7),
    LLM_CIRCUIT_OVERDUE("circuit_settings.overdue", "4", circuit(CircuitSettings::overdue), seconds("4")),
    LLM_CIRCUIT_OPEN_TIME("circuit_settings.open_time", "3", circuit(CircuitSettings::openTime), seconds("3")),
    LLM_CIRCUIT_MAX_OPEN_TIME(
            "circuit_settings.max_open_time", "30", circuit(CircuitSettings::maxOpenTime), seconds("30")),
    LLM_CIRCUIT_PROBES("circuit_settings.probes", "2", circuit(CircuitSettings::probes), 2),
    LLM_CIRCUIT_RAMP("circuit_settings.ramp", "0", circuit(CircuitSettings::ramp), Duration.ZERO),
    LLM_CIRCUIT_MAX_WAIT("circuit_settings.max_wait", "5", circuit(CircuitSettings::maxWait), seconds("5")),
    LLM_RETRY_BUDGET("retry_settings.budget", "false", c -> c.retryBudget() != null, true),
    LLM_ADMISSION_ENABLED("admission_settings.enabled", "false", admission(AdmissionSettings::enabled), false),
    LLM_ADMISSION_PRESET("admission_settings.preset", "batch", admission(AdmissionSettings::priority), Priority.BATCH),
    LLM_ADMISSION_MAX_WAIT("admission_settings.max_wait", "7", admission(AdmissionSettings::maxWait), seconds("7")),
    LLM_ADMISSION_CIRCUIT_WAIT(
            "admission_settings.circuit_wait", "3", admission(AdmissionSettings::circuitWait), seconds("3")),
    LLM_ADMISSION_MAX_WAITING("admission_settings.max_waiting", "50", admission(AdmissionSettings::maxWaiting), 50),
    LLM_ADMISSION_DEADLINE_SHARE(
            "admission_settings.deadline_share", "0.75", admission(AdmissionSettings::deadlineShare), 0.75),
    LLM_MAX_CONNECTIONS("http_settings.max_connections", "100", http(HttpSettings::maxConnections), 100),
    LLM_MAX_PENDING("http_settings.max_pending", "0", http(HttpSettings::maxPending), 0),
    LLM_PENDING_TIMEOUT("http_settings.pending_timeout", "2", http(HttpSettings::pendingTimeout), seconds("2")),
    LLM_MAX_RESPONSE_BYTES("http_settings.max_response_bytes", "1024", http(HttpSettings::maxResponseBytes), 1024),
    LLM_MAX_LINE_BYTES("http_settings.max_line_bytes", "2048", http(HttpSettings::maxLineBytes), 2048),
    LLM_GZIP("http_settings.gzip", "FALSE", http(HttpSettings::gzip), false),
    LLM_PROXY(
            "http_settings.proxy",
            "http://joe:pw@proxy:3128",
            http(HttpSettings::proxy),
            ProxySettings.of("proxy", 3128).login("joe", "pw"));

    final String variable = name();
    final String path;
    final String text;
    private final Function<LlmConfig, Object> accessor;
    private final Object expected;

    SettingTable(String path, String text, Function<LlmConfig, Object> accessor, Object expected) {
        this.path = path;
        this.text = text;
        this.accessor = accessor;
        this.expected = expected;
    }

    boolean isIn(LlmConfig config) {
        return Objects.equals(accessor.apply(config), expected);
    }

    /** The path as YAML, with this text as the value. */
    String yaml(String value) {
        int dot = path.indexOf('.');
        return dot < 0
                ? path + ": " + value + "\n"
                : path.substring(0, dot) + ":\n  " + path.substring(dot + 1) + ": " + value + "\n";
    }

    static SettingTable of(String variable) {
        return Arrays.stream(values())
                .filter(row -> row.variable.equals(variable))
                .findFirst()
                .orElseThrow();
    }

    static Duration seconds(String decimal) {
        return Duration.parse("PT" + decimal + "S");
    }

    private static Function<LlmConfig, Object> retry(Function<RetrySettings, Object> setting) {
        return config -> setting.apply(config.retrySettings());
    }

    private static Function<LlmConfig, Object> timeouts(Function<Timeouts, Object> setting) {
        return config -> setting.apply(config.timeouts());
    }

    private static Function<LlmConfig, Object> circuit(Function<CircuitSettings, Object> setting) {
        return config -> setting.apply(config.circuitSettings());
    }

    private static Function<LlmConfig, Object> admission(Function<AdmissionSettings, Object> setting) {
        return config -> setting.apply(config.admissionSettings());
    }

    private static Function<LlmConfig, Object> http(Function<HttpSettings, Object> setting) {
        return config -> setting.apply(config.httpSettings());
    }
}
