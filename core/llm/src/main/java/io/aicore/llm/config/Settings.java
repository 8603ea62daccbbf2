package io.aicore.llm.config;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitMode;
import io.aicore.llm.http.ProxySettings;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.retry.Jitter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table of all settings; environment, file and suggestions for misspelled names are read from it. Bounds of a
 * single value are here, constraints between two values in {@link SettingGroups}.
 */
final class Settings {

    static final String HEADERS = "headers";
    static final String OPTIONS = "options";
    static final String OPTION_PREFIX = "LLM_OPTION_";

    private static final List<Setting<?>> TABLE = new ArrayList<>();
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration ABOVE_ZERO = Duration.ofNanos(1);
    private static final int ANY = Integer.MAX_VALUE;

    static final Setting<String> PROVIDER = setting(SettingParser.providerName(), "LLM_PROVIDER", "provider");
    static final Setting<Secret> API_KEY = secret(SettingParser.secret(), "LLM_API_KEY", "api_key");
    static final Setting<String> MODEL = setting(SettingParser.text(), "LLM_MODEL", "model");
    static final Setting<String> EMBEDDING_MODEL =
            setting(SettingParser.text(), "LLM_EMBEDDING_MODEL", "embedding_model");
    static final Setting<URI> BASE_URL = address(SettingParser.url(), "LLM_BASE_URL", "base_url");
    static final Setting<Double> TEMPERATURE =
            setting(SettingParser.number("a number from 0 to 2", 0, 2), "LLM_TEMPERATURE", "temperature");
    static final Setting<Integer> MAX_TOKENS = setting(SettingParser.whole(1, ANY), "LLM_MAX_TOKENS", "max_tokens");
    static final Setting<Boolean> RETRY_COUNT_HEADER =
            setting(SettingParser.yesOrNo(), "LLM_RETRY_COUNT_HEADER", "retry_count_header");
    static final Setting<ModelCatalog> MODELS_FILE = setting(SettingParser.models(), "LLM_MODELS_FILE", "models_file");
    static final Setting<Boolean> REQUEST_CHECKS =
            setting(SettingParser.yesOrNo(), "LLM_REQUEST_CHECKS", "request_checks");

    static final Setting<Duration> DEADLINE =
            setting(SettingParser.seconds(ABOVE_ZERO, YEAR), "LLM_DEADLINE", "deadline", "retry_settings.deadline");
    static final Setting<Duration> CONNECT_TIMEOUT =
            setting(SettingParser.seconds(ABOVE_ZERO, DAY), "LLM_CONNECT_TIMEOUT", "connect_timeout");
    static final Setting<Duration> FIRST_TOKEN_TIMEOUT =
            setting(SettingParser.seconds(ABOVE_ZERO, DAY), "LLM_FIRST_TOKEN_TIMEOUT", "first_token_timeout");
    static final Setting<Duration> FIRST_CONTENT_TIMEOUT =
            setting(SettingParser.seconds(ABOVE_ZERO, DAY), "LLM_FIRST_CONTENT_TIMEOUT", "first_content_timeout");
    static final Setting<Duration> IDLE_TIMEOUT =
            setting(SettingParser.seconds(ABOVE_ZERO, DAY), "LLM_IDLE_TIMEOUT", "idle_timeout");
    static final Setting<Duration> ATTEMPT_TIMEOUT =
            setting(SettingParser.seconds(ABOVE_ZERO, DAY), "LLM_ATTEMPT_TIMEOUT", "attempt_timeout");

    static final Setting<Integer> MAX_RETRIES = setting(
            SettingParser.whole(0, 1_000_000),
            "LLM_MAX_RETRIES",
            "retry_settings.max_attempts",
            "retry_settings.max_retries");
    static final Setting<Duration> INITIAL_DELAY = setting(
            SettingParser.seconds(Duration.ZERO, YEAR), "LLM_RETRY_INITIAL_DELAY", "retry_settings.initial_delay");
    static final Setting<Duration> MAX_DELAY =
            setting(SettingParser.seconds(Duration.ZERO, YEAR), "LLM_RETRY_MAX_DELAY", "retry_settings.max_delay");
    static final Setting<Double> BACKOFF_FACTOR = setting(
            SettingParser.number("a number >= 1", 1, 1_000_000),
            "LLM_RETRY_BACKOFF_FACTOR",
            "retry_settings.backoff_factor");
    static final Setting<Jitter> JITTER = setting(SettingParser.jitter(), "LLM_RETRY_JITTER", "retry_settings.jitter");
    static final Setting<Duration> MAX_SERVER_DELAY = setting(
            SettingParser.seconds(Duration.ZERO, YEAR),
            "LLM_RETRY_MAX_SERVER_DELAY",
            "retry_settings.max_server_delay");

    static final Setting<Boolean> CIRCUIT_ENABLED =
            setting(SettingParser.yesOrNo(), "LLM_CIRCUIT_ENABLED", "circuit_settings.enabled");
    static final Setting<CircuitMode> CIRCUIT_MODE =
            setting(SettingParser.circuitMode(), "LLM_CIRCUIT_MODE", "circuit_settings.mode");
    static final Setting<Double> FAILURE_RATE = setting(
            SettingParser.number("a number > 0 and <= 1", Double.MIN_VALUE, 1),
            "LLM_CIRCUIT_FAILURE_RATE",
            "circuit_settings.failure_rate");
    static final Setting<Duration> WINDOW =
            setting(SettingParser.seconds(Duration.ofMillis(10), DAY), "LLM_CIRCUIT_WINDOW", "circuit_settings.window");
    static final Setting<Integer> MINIMUM_CALLS =
            setting(SettingParser.whole(1, ANY), "LLM_CIRCUIT_MINIMUM_CALLS", "circuit_settings.minimum_calls");
    static final Setting<Duration> OVERDUE = setting(
            SettingParser.seconds(Duration.ofMillis(1), DAY), "LLM_CIRCUIT_OVERDUE", "circuit_settings.overdue");
    static final Setting<Duration> OPEN_TIME = setting(
            SettingParser.seconds(Duration.ofMillis(1), DAY), "LLM_CIRCUIT_OPEN_TIME", "circuit_settings.open_time");
    static final Setting<Duration> MAX_OPEN_TIME = setting(
            SettingParser.seconds(Duration.ofMillis(1), DAY),
            "LLM_CIRCUIT_MAX_OPEN_TIME",
            "circuit_settings.max_open_time");
    static final Setting<Integer> PROBES =
            setting(SettingParser.whole(1, ANY), "LLM_CIRCUIT_PROBES", "circuit_settings.probes");
    static final Setting<Duration> RAMP =
            setting(SettingParser.seconds(Duration.ZERO, DAY), "LLM_CIRCUIT_RAMP", "circuit_settings.ramp");
    static final Setting<Duration> CIRCUIT_MAX_WAIT =
            setting(SettingParser.seconds(Duration.ZERO, DAY), "LLM_CIRCUIT_MAX_WAIT", "circuit_settings.max_wait");

    static final Setting<Boolean> RETRY_BUDGET =
            setting(SettingParser.yesOrNo(), "LLM_RETRY_BUDGET", "retry_settings.budget");

    static final Setting<Boolean> ADMISSION_ENABLED =
            setting(SettingParser.yesOrNo(), "LLM_ADMISSION_ENABLED", "admission_settings.enabled");
    static final Setting<AdmissionSettings> ADMISSION_PRESET =
            setting(SettingParser.admissionPreset(), "LLM_ADMISSION_PRESET", "admission_settings.preset");
    static final Setting<Duration> ADMISSION_MAX_WAIT =
            setting(SettingParser.seconds(Duration.ZERO, DAY), "LLM_ADMISSION_MAX_WAIT", "admission_settings.max_wait");
    static final Setting<Duration> ADMISSION_CIRCUIT_WAIT = setting(
            SettingParser.seconds(Duration.ZERO, DAY), "LLM_ADMISSION_CIRCUIT_WAIT", "admission_settings.circuit_wait");
    static final Setting<Integer> ADMISSION_MAX_WAITING =
            setting(SettingParser.whole(0, ANY), "LLM_ADMISSION_MAX_WAITING", "admission_settings.max_waiting");
    static final Setting<Double> ADMISSION_DEADLINE_SHARE = setting(
            SettingParser.number("a number > 0 and <= 1", Double.MIN_VALUE, 1),
            "LLM_ADMISSION_DEADLINE_SHARE",
            "admission_settings.deadline_share");

    static final Setting<Integer> MAX_CONNECTIONS =
            setting(SettingParser.whole(1, ANY), "LLM_MAX_CONNECTIONS", "http_settings.max_connections");
    static final Setting<Integer> MAX_PENDING =
            setting(SettingParser.whole(0, ANY), "LLM_MAX_PENDING", "http_settings.max_pending");

    static final Setting<Duration> PENDING_TIMEOUT =
            setting(SettingParser.seconds(ABOVE_ZERO, DAY), "LLM_PENDING_TIMEOUT", "http_settings.pending_timeout");
    static final Setting<Integer> MAX_RESPONSE_BYTES =
            setting(SettingParser.whole(1, ANY), "LLM_MAX_RESPONSE_BYTES", "http_settings.max_response_bytes");
    static final Setting<Integer> MAX_LINE_BYTES =
            setting(SettingParser.whole(1, ANY), "LLM_MAX_LINE_BYTES", "http_settings.max_line_bytes");
    static final Setting<Boolean> GZIP = setting(SettingParser.yesOrNo(), "LLM_GZIP", "http_settings.gzip");
    static final Setting<ProxySettings> PROXY = address(SettingParser.proxy(), "LLM_PROXY", "http_settings.proxy");

    private Settings() {}

    private static <T> Setting<T> setting(SettingParser<T> kind, String variable, String... paths) {
        return listed(new Setting<>(kind, text -> false, variable, paths));
    }

    private static <T> Setting<T> secret(SettingParser<T> kind, String variable, String... paths) {
        return listed(new Setting<>(kind, text -> true, variable, paths));
    }

    /** An address that contains a user's password or a key is not shown. */
    private static <T> Setting<T> address(SettingParser<T> kind, String variable, String... paths) {
        return listed(new Setting<>(kind, text -> text.contains("@") || text.contains("?"), variable, paths));
    }

    private static <T> Setting<T> listed(Setting<T> setting) {
        TABLE.add(setting);
        return setting;
    }

    static List<Setting<?>> all() {
        return Collections.unmodifiableList(TABLE);
    }

    /** All keys a file may contain: the settings' paths and their groups. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(List.of(HEADERS, OPTIONS));
        TABLE.forEach(setting -> setting.paths().forEach(path -> {
            names.add(path);
            names.add(path.replaceFirst("\\..*", ""));
        }));
        return names;
    }
}
