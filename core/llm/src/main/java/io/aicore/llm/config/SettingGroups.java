package io.aicore.llm.config;

import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.Backoff;
import io.aicore.retry.RetrySettings;
import java.math.BigDecimal;
import java.time.Duration;

/** Builds the settings records from single values, and validates constraints between two values. */
final class SettingGroups {

    /** The plain operator has no deadline by default; a provider's calls always have one. */
    static final RetrySettings RETRY_DEFAULTS = RetrySettings.defaults().deadline(Duration.ofMinutes(10));

    private static final Duration DAY = Duration.ofDays(1);

    private SettingGroups() {}

    static RetrySettings retry(SettingValues said) {
        RetrySettings d = RETRY_DEFAULTS;
        Duration initial = said.get(Settings.INITIAL_DELAY, d.initialDelay());
        Duration max = said.get(Settings.MAX_DELAY, d.maxDelay());
        ordered(said, Settings.INITIAL_DELAY, initial, Settings.MAX_DELAY, max);
        return new RetrySettings(
                said.get(Settings.MAX_RETRIES, d.maxRetries()),
                new Backoff(
                        initial,
                        max,
                        said.get(Settings.BACKOFF_FACTOR, d.backoffFactor()),
                        said.get(Settings.JITTER, d.jitter())),
                said.has(Settings.DEADLINE) ? said.get(Settings.DEADLINE) : d.deadline(),
                said.get(Settings.MAX_SERVER_DELAY, d.maxServerDelay()));
    }

    static Timeouts timeouts(SettingValues said) {
        Timeouts d = Timeouts.defaults();
        return new Timeouts(
                said.get(Settings.CONNECT_TIMEOUT, d.connect()),
                said.get(Settings.FIRST_TOKEN_TIMEOUT),
                said.get(Settings.FIRST_CONTENT_TIMEOUT),
                said.get(Settings.IDLE_TIMEOUT),
                said.get(Settings.ATTEMPT_TIMEOUT, d.attempt()));
    }

    /** While calls wait for a circuit, a short open time loses the fewest of them; else it keeps the load lowest. */
    private static CircuitSettings circuitDefaults(AdmissionSettings admission) {
        boolean waits = admission.enabled() && !admission.circuitWait().isZero();
        return waits ? CircuitSettings.admitted() : CircuitSettings.defaults();
    }

    /** An open time above the maximum raises the maximum, unless that was set too. */
    static CircuitSettings circuit(SettingValues said, AdmissionSettings admission) {
        CircuitSettings d = circuitDefaults(admission);
        CircuitSettings opened = d.openTime(said.get(Settings.OPEN_TIME, d.openTime()));
        Duration maxOpenTime = said.get(Settings.MAX_OPEN_TIME, opened.maxOpenTime());
        ordered(said, Settings.OPEN_TIME, opened.openTime(), Settings.MAX_OPEN_TIME, maxOpenTime);
        return opened.maxOpenTime(maxOpenTime)
                .enabled(said.get(Settings.CIRCUIT_ENABLED, d.enabled()))
                .mode(said.get(Settings.CIRCUIT_MODE, d.mode()))
                .failureRate(said.get(Settings.FAILURE_RATE, d.failureRate()))
                .window(said.get(Settings.WINDOW, d.window()))
                .minimumCalls(said.get(Settings.MINIMUM_CALLS, d.minimumCalls()))
                .overdue(said.get(Settings.OVERDUE, d.overdue()))
                .probes(said.get(Settings.PROBES, d.probes()))
                .ramp(said.get(Settings.RAMP, d.ramp()))
                .maxWait(said.get(Settings.CIRCUIT_MAX_WAIT, d.maxWait()));
    }

    /** The standard preset waits at the gate as long as a retry waits for the server. */
    static AdmissionSettings admission(SettingValues said) {
        boolean preset = said.has(Settings.ADMISSION_PRESET);
        AdmissionSettings d = preset
                ? said.get(Settings.ADMISSION_PRESET, AdmissionSettings.standard())
                : AdmissionSettings.standard();
        Duration wait = preset ? d.maxWait() : shorter(said.get(Settings.MAX_SERVER_DELAY, d.maxWait()), DAY);
        return d.enabled(said.get(Settings.ADMISSION_ENABLED, d.enabled()))
                .maxWait(said.get(Settings.ADMISSION_MAX_WAIT, wait))
                .circuitWait(said.get(Settings.ADMISSION_CIRCUIT_WAIT, d.circuitWait()))
                .maxWaiting(said.get(Settings.ADMISSION_MAX_WAITING, d.maxWaiting()))
                .deadlineShare(said.get(Settings.ADMISSION_DEADLINE_SHARE, d.deadlineShare()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static HttpSettings http(SettingValues said) {
        HttpSettings d = HttpSettings.defaults();
        return d.maxConnections(said.get(Settings.MAX_CONNECTIONS, d.maxConnections()))
                .maxPending(said.get(Settings.MAX_PENDING, d.maxPending()))
                .maxResponseBytes(said.get(Settings.MAX_RESPONSE_BYTES, d.maxResponseBytes()))
                .maxLineBytes(said.get(Settings.MAX_LINE_BYTES, d.maxLineBytes()))
                .pendingTimeout(said.get(Settings.PENDING_TIMEOUT, d.pendingTimeout()))
                .gzip(said.get(Settings.GZIP, d.gzip()))
                .proxy(said.get(Settings.PROXY));
    }

    private static void ordered(
            SettingValues said, Setting<Duration> low, Duration lowest, Setting<Duration> high, Duration highest) {
        if (lowest.compareTo(highest) <= 0) {
            return;
        }
        if (said.has(high)) {
            String other = said.where(low) + ", " + seconds(lowest) + (said.has(low) ? "" : " by default");
            throw InvalidSetting.wrong(said.where(high), seconds(highest), "at least " + other);
        }
        throw InvalidSetting.wrong(
                said.where(low),
                seconds(lowest),
                "at most " + said.where(high) + ", " + seconds(highest) + " by default");
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }
}
