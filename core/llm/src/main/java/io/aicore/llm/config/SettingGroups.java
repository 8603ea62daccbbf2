package io.aicore.llm.config;

import io.aicore.internal.Check;
import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.Backoff;
import io.aicore.retry.RetrySettings;
import java.time.Duration;

/** Builds the settings records from single values, and validates constraints between two values. */
final class SettingGroups {

    /** The plain operator has no deadline by default; a provider's calls always have one. */
    static final RetrySettings RETRY_DEFAULTS = RetrySettings.defaults().deadline(Duration.ofMinutes(10));

    private static final Duration DAY = Duration.ofDays(1);

    private SettingGroups() {}

    static RetrySettings retry(SettingValues values) {
        RetrySettings d = RETRY_DEFAULTS;
        Duration initial = values.get(Settings.INITIAL_DELAY, d.initialDelay());
        Duration max = values.get(Settings.MAX_DELAY, d.maxDelay());
        ordered(values, Settings.INITIAL_DELAY, initial, Settings.MAX_DELAY, max);
        return new RetrySettings(
                values.get(Settings.MAX_RETRIES, d.maxRetries()),
                new Backoff(
                        initial,
                        max,
                        values.get(Settings.BACKOFF_FACTOR, d.backoffFactor()),
                        values.get(Settings.JITTER, d.jitter())),
                values.has(Settings.DEADLINE) ? values.get(Settings.DEADLINE) : d.deadline(),
                values.get(Settings.MAX_SERVER_DELAY, d.maxServerDelay()));
    }

    static Timeouts timeouts(SettingValues values) {
        Timeouts d = Timeouts.defaults();
        return new Timeouts(
                values.get(Settings.CONNECT_TIMEOUT, d.connect()),
                values.get(Settings.FIRST_TOKEN_TIMEOUT),
                values.get(Settings.FIRST_CONTENT_TIMEOUT),
                values.get(Settings.IDLE_TIMEOUT),
                values.get(Settings.ATTEMPT_TIMEOUT, d.attempt()));
    }

    /** While calls wait for a circuit, a short open time loses the fewest of them; else it keeps the load lowest. */
    private static CircuitSettings circuitDefaults(AdmissionSettings admission) {
        boolean waits = admission.enabled() && !admission.circuitWait().isZero();
        return waits ? CircuitSettings.admitted() : CircuitSettings.defaults();
    }

    /** An open time above the maximum raises the maximum, unless that was set too. */
    static CircuitSettings circuit(SettingValues values, AdmissionSettings admission) {
        CircuitSettings d = circuitDefaults(admission);
        CircuitSettings opened = d.openTime(values.get(Settings.OPEN_TIME, d.openTime()));
        Duration maxOpenTime = values.get(Settings.MAX_OPEN_TIME, opened.maxOpenTime());
        ordered(values, Settings.OPEN_TIME, opened.openTime(), Settings.MAX_OPEN_TIME, maxOpenTime);
        return opened.maxOpenTime(maxOpenTime)
                .enabled(values.get(Settings.CIRCUIT_ENABLED, d.enabled()))
                .mode(values.get(Settings.CIRCUIT_MODE, d.mode()))
                .failureRate(values.get(Settings.FAILURE_RATE, d.failureRate()))
                .window(values.get(Settings.WINDOW, d.window()))
                .minimumCalls(values.get(Settings.MINIMUM_CALLS, d.minimumCalls()))
                .overdue(values.get(Settings.OVERDUE, d.overdue()))
                .probes(values.get(Settings.PROBES, d.probes()))
                .ramp(values.get(Settings.RAMP, d.ramp()))
                .maxWait(values.get(Settings.CIRCUIT_MAX_WAIT, d.maxWait()));
    }

    /** The standard preset waits at the gate as long as a retry waits for the server. */
    static AdmissionSettings admission(SettingValues values) {
        boolean preset = values.has(Settings.ADMISSION_PRESET);
        AdmissionSettings d = preset
                ? values.get(Settings.ADMISSION_PRESET, AdmissionSettings.standard())
                : AdmissionSettings.standard();
        Duration wait = preset ? d.maxWait() : shorter(values.get(Settings.MAX_SERVER_DELAY, d.maxWait()), DAY);
        return d.enabled(values.get(Settings.ADMISSION_ENABLED, d.enabled()))
                .maxWait(values.get(Settings.ADMISSION_MAX_WAIT, wait))
                .circuitWait(values.get(Settings.ADMISSION_CIRCUIT_WAIT, d.circuitWait()))
                .maxWaiting(values.get(Settings.ADMISSION_MAX_WAITING, d.maxWaiting()))
                .deadlineShare(values.get(Settings.ADMISSION_DEADLINE_SHARE, d.deadlineShare()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static HttpSettings http(SettingValues values) {
        HttpSettings d = HttpSettings.defaults();
        return d.maxConnections(values.get(Settings.MAX_CONNECTIONS, d.maxConnections()))
                .maxPending(values.get(Settings.MAX_PENDING, d.maxPending()))
                .maxResponseBytes(values.get(Settings.MAX_RESPONSE_BYTES, d.maxResponseBytes()))
                .maxLineBytes(values.get(Settings.MAX_LINE_BYTES, d.maxLineBytes()))
                .pendingTimeout(values.get(Settings.PENDING_TIMEOUT, d.pendingTimeout()))
                .gzip(values.get(Settings.GZIP, d.gzip()))
                .proxy(values.get(Settings.PROXY));
    }

    private static void ordered(
            SettingValues values, Setting<Duration> low, Duration lowest, Setting<Duration> high, Duration highest) {
        if (lowest.compareTo(highest) <= 0) {
            return;
        }
        if (values.has(high)) {
            String other = values.where(low) + ", " + Seconds.plain(lowest) + (values.has(low) ? "" : " by default");
            throw Check.wrong(values.where(high), Seconds.plain(highest), "at least " + other);
        }
        throw Check.wrong(
                values.where(low),
                Seconds.plain(lowest),
                "at most " + values.where(high) + ", " + Seconds.plain(highest) + " by default");
    }
}
