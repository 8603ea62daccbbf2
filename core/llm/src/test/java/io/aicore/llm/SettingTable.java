package io.aicore.llm;

import io.aicore.limit.CircuitMode;
import io.aicore.limit.Priority;
import io.aicore.llm.config.Secret;
import io.aicore.llm.http.ProxySettings;
import io.aicore.retry.Jitter;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/** Every setting with a value that is not its default, and where the configuration shows it. */
@SuppressWarnings("ImmutableEnumChecker") // the accessors hold no state and the expected values are immutable
enum SettingTable {
    PROVIDER("LLM_PROVIDER", "provider", "Groq", LlmConfig::provider, "groq"),
    API_KEY("LLM_API_KEY", "api_key", "sk-1", LlmConfig::apiKey, Secret.of("sk-1")),
    MODEL("LLM_MODEL", "model", "gpt-4", LlmConfig::model, "gpt-4"),
    EMBEDDING_MODEL("LLM_EMBEDDING_MODEL", "embedding_model", "embed-1", LlmConfig::embeddingModel, "embed-1"),
    BASE_URL("LLM_BASE_URL", "base_url", "https://h/v1", LlmConfig::baseUrl, URI.create("https://h/v1")),
    TEMPERATURE("LLM_TEMPERATURE", "temperature", "0.2", LlmConfig::temperature, 0.2),
    MAX_TOKENS("LLM_MAX_TOKENS", "max_tokens", "500", LlmConfig::maxTokens, 500),
    COUNT_HEADER("LLM_RETRY_COUNT_HEADER", "retry_count_header", "false", LlmConfig::retryCountHeader, false),
    MODELS(
            "LLM_MODELS_FILE",
            "models_file",
            "src/test/resources/io/aicore/llm/models.json",
            c -> c.modelCatalog().find("scripted", null, "model-1").isPresent(),
            true),
    CHECKS("LLM_REQUEST_CHECKS", "request_checks", "false", LlmConfig::requestChecks, false),
    DEADLINE("LLM_DEADLINE", "deadline", "120", c -> c.retrySettings().deadline(), seconds("120")),
    CONNECT("LLM_CONNECT_TIMEOUT", "connect_timeout", "5", c -> c.timeouts().connect(), seconds("5")),
    FIRST_TOKEN(
            "LLM_FIRST_TOKEN_TIMEOUT",
            "first_token_timeout",
            "90.5",
            c -> c.timeouts().firstToken(),
            seconds("90.5")),
    FIRST_CONTENT(
            "LLM_FIRST_CONTENT_TIMEOUT",
            "first_content_timeout",
            "90.5",
            c -> c.timeouts().firstContent(),
            seconds("90.5")),
    IDLE("LLM_IDLE_TIMEOUT", "idle_timeout", "0.25", c -> c.timeouts().idle(), seconds("0.25")),
    ATTEMPT("LLM_ATTEMPT_TIMEOUT", "attempt_timeout", "30", c -> c.timeouts().attempt(), seconds("30")),
    MAX_RETRIES(
            "LLM_MAX_RETRIES",
            "retry_settings.max_attempts",
            "5",
            c -> c.retrySettings().maxRetries(),
            5),
    INITIAL_DELAY(
            "LLM_RETRY_INITIAL_DELAY",
            "retry_settings.initial_delay",
            "1.5",
            c -> c.retrySettings().initialDelay(),
            seconds("1.5")),
    MAX_DELAY(
            "LLM_RETRY_MAX_DELAY",
            "retry_settings.max_delay",
            "15.0",
            c -> c.retrySettings().maxDelay(),
            seconds("15")),
    FACTOR(
            "LLM_RETRY_BACKOFF_FACTOR",
            "retry_settings.backoff_factor",
            "2.5",
            c -> c.retrySettings().backoffFactor(),
            2.5),
    JITTER(
            "LLM_RETRY_JITTER",
            "retry_settings.jitter",
            "full",
            c -> c.retrySettings().jitter(),
            Jitter.full()),
    SERVER_DELAY(
            "LLM_RETRY_MAX_SERVER_DELAY",
            "retry_settings.max_server_delay",
            "20",
            c -> c.retrySettings().maxServerDelay(),
            seconds("20")),
    CIRCUIT_ENABLED(
            "LLM_CIRCUIT_ENABLED",
            "circuit_settings.enabled",
            "false",
            c -> c.circuitSettings().enabled(),
            false),
    CIRCUIT_MODE(
            "LLM_CIRCUIT_MODE",
            "circuit_settings.mode",
            "soft",
            c -> c.circuitSettings().mode(),
            CircuitMode.SOFT),
    FAILURE_RATE(
            "LLM_CIRCUIT_FAILURE_RATE",
            "circuit_settings.failure_rate",
            "0.75",
            c -> c.circuitSettings().failureRate(),
            0.75),
    WINDOW(
            "LLM_CIRCUIT_WINDOW",
            "circuit_settings.window",
            "20",
            c -> c.circuitSettings().window(),
            seconds("20")),
    MINIMUM_CALLS(
            "LLM_CIRCUIT_MINIMUM_CALLS",
            "circuit_settings.minimum_calls",
            "7",
            c -> c.circuitSettings().minimumCalls(),
            7),
    OVERDUE(
            "LLM_CIRCUIT_OVERDUE",
            "circuit_settings.overdue",
            "4",
            c -> c.circuitSettings().overdue(),
            seconds("4")),
    OPEN_TIME(
            "LLM_CIRCUIT_OPEN_TIME",
            "circuit_settings.open_time",
            "3",
            c -> c.circuitSettings().openTime(),
            seconds("3")),
    MAX_OPEN_TIME(
            "LLM_CIRCUIT_MAX_OPEN_TIME",
            "circuit_settings.max_open_time",
            "30",
            c -> c.circuitSettings().maxOpenTime(),
            seconds("30")),
    PROBES(
            "LLM_CIRCUIT_PROBES",
            "circuit_settings.probes",
            "2",
            c -> c.circuitSettings().probes(),
            2),
    RAMP(
            "LLM_CIRCUIT_RAMP",
            "circuit_settings.ramp",
            "0",
            c -> c.circuitSettings().ramp(),
            Duration.ZERO),
    CIRCUIT_MAX_WAIT(
            "LLM_CIRCUIT_MAX_WAIT",
            "circuit_settings.max_wait",
            "5",
            c -> c.circuitSettings().maxWait(),
            seconds("5")),
    RETRY_BUDGET("LLM_RETRY_BUDGET", "retry_settings.budget", "false", c -> c.retryBudget() != null, true),
    ADMISSION_ENABLED(
            "LLM_ADMISSION_ENABLED",
            "admission_settings.enabled",
            "false",
            c -> c.admissionSettings().enabled(),
            false),
    ADMISSION_PRESET(
            "LLM_ADMISSION_PRESET",
            "admission_settings.preset",
            "batch",
            c -> c.admissionSettings().priority(),
            Priority.BATCH),
    ADMISSION_MAX_WAIT(
            "LLM_ADMISSION_MAX_WAIT",
            "admission_settings.max_wait",
            "7",
            c -> c.admissionSettings().maxWait(),
            seconds("7")),
    ADMISSION_CIRCUIT_WAIT(
            "LLM_ADMISSION_CIRCUIT_WAIT",
            "admission_settings.circuit_wait",
            "3",
            c -> c.admissionSettings().circuitWait(),
            seconds("3")),
    ADMISSION_MAX_WAITING(
            "LLM_ADMISSION_MAX_WAITING",
            "admission_settings.max_waiting",
            "50",
            c -> c.admissionSettings().maxWaiting(),
            50),
    ADMISSION_DEADLINE_SHARE(
            "LLM_ADMISSION_DEADLINE_SHARE",
            "admission_settings.deadline_share",
            "0.75",
            c -> c.admissionSettings().deadlineShare(),
            0.75),
    MAX_CONNECTIONS(
            "LLM_MAX_CONNECTIONS",
            "http_settings.max_connections",
            "100",
            c -> c.httpSettings().maxConnections(),
            100),
    MAX_PENDING(
            "LLM_MAX_PENDING",
            "http_settings.max_pending",
            "0",
            c -> c.httpSettings().maxPending(),
            0),
    PENDING_TIMEOUT(
            "LLM_PENDING_TIMEOUT",
            "http_settings.pending_timeout",
            "2",
            c -> c.httpSettings().pendingTimeout(),
            seconds("2")),
    MAX_RESPONSE(
            "LLM_MAX_RESPONSE_BYTES",
            "http_settings.max_response_bytes",
            "1024",
            c -> c.httpSettings().maxResponseBytes(),
            1024),
    MAX_LINE(
            "LLM_MAX_LINE_BYTES",
            "http_settings.max_line_bytes",
            "2048",
            c -> c.httpSettings().maxLineBytes(),
            2048),
    GZIP("LLM_GZIP", "http_settings.gzip", "FALSE", c -> c.httpSettings().gzip(), false),
    PROXY(
            "LLM_PROXY",
            "http_settings.proxy",
            "http://joe:pw@proxy:3128",
            c -> c.httpSettings().proxy(),
            ProxySettings.of("proxy", 3128).login("joe", "pw"));

    final String variable;
    final String path;
    final String text;
    private final Function<LlmConfig, Object> accessor;
    private final Object expected;

    SettingTable(String variable, String path, String text, Function<LlmConfig, Object> accessor, Object expected) {
        this.variable = variable;
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
}
