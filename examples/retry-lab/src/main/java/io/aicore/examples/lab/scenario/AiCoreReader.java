package io.aicore.examples.lab.scenario;

import io.aicore.examples.lab.scenario.AiCoreSpec.Budget;
import io.aicore.examples.lab.scenario.Section.Range;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitMode;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.ConcurrencySettings;
import io.aicore.limit.Priority;
import io.aicore.retry.Backoff;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.time.Duration;

/** Reads the settings of this library's policy. What the file leaves out keeps the library's default. */
final class AiCoreReader {

    private static final Range TIME = Range.of(0, 86_400);
    private static final Range SPAN = Range.of(0.001, 86_400);
    private static final Range MILLION = Range.of(0, 1_000_000);
    private static final Range SHARE = Range.above(0, 1);

    private final Section section;

    AiCoreReader(Section section) {
        this.section = section;
    }

    /** Presets of admission. */
    private enum Preset {
        STANDARD,
        INTERACTIVE,
        AGENT,
        BATCH,
        DISABLED
    }

    AiCoreSpec read() {
        AiCoreSpec spec = new AiCoreSpec(
                section.made("retry", key -> retry(section.section(key))),
                section.made("admission", key -> admission(section.section(key))),
                section.made("circuit", key -> circuit(section.section(key))),
                section.made("concurrency", key -> concurrency(section.section(key))),
                section.made("budget", key -> budget(section.section(key))));
        section.end();
        return spec;
    }

    private static RetrySettings retry(Section given) {
        RetrySettings base = AiCoreSpec.DEFAULTS.retry();
        String jitter = given.string("jitter", base.jitter().toString());
        RetrySettings retry = new RetrySettings(
                given.count("maxRetries", base.maxRetries(), Range.of(0, 1_000)),
                new Backoff(
                        span(given, "initialDelay", base.initialDelay(), TIME),
                        span(given, "maxDelay", base.maxDelay(), TIME),
                        given.number("backoffFactor", base.backoffFactor(), Range.of(1, 100)),
                        Jitter.parse(jitter)),
                null,
                span(given, "maxServerDelay", base.maxServerDelay(), TIME));
        given.end();
        return retry;
    }

    private static AdmissionSettings admission(Section given) {
        AdmissionSettings base = switch (given.word("preset", Preset.class, Preset.STANDARD)) {
            case STANDARD -> AdmissionSettings.standard();
            case INTERACTIVE -> AdmissionSettings.interactive();
            case AGENT -> AdmissionSettings.agent();
            case BATCH -> AdmissionSettings.batch();
            case DISABLED -> AdmissionSettings.disabled();
        };
        AdmissionSettings admission = base.enabled(given.bool("enabled", base.enabled()))
                .maxWait(span(given, "maxWait", base.maxWait(), TIME))
                .circuitWait(span(given, "circuitWait", base.circuitWait(), TIME))
                .maxWaiting(given.count("maxWaiting", base.maxWaiting(), MILLION))
                .deadlineShare(given.number("deadlineShare", base.deadlineShare(), SHARE))
                .priority(given.word("priority", Priority.class, base.priority()));
        given.end();
        return admission;
    }

    private static CircuitSettings circuit(Section given) {
        CircuitSettings base = AiCoreSpec.DEFAULTS.circuit();
        CircuitSettings circuit = base.enabled(given.bool("enabled", base.enabled()))
                .mode(given.word("mode", CircuitMode.class, base.mode()))
                .failureRate(given.number("failureRate", base.failureRate(), SHARE))
                .window(span(given, "window", base.window(), SPAN))
                .minimumCalls(given.count("minimumCalls", base.minimumCalls(), Range.of(1, 1_000_000)))
                .overdue(span(given, "overdue", base.overdue(), SPAN))
                .openTime(span(given, "openTime", base.openTime(), SPAN))
                .probes(given.count("probes", base.probes(), Range.of(1, 1_000)))
                .ramp(span(given, "ramp", base.ramp(), TIME))
                .maxWait(span(given, "maxWait", base.maxWait(), TIME));
        circuit = circuit.maxOpenTime(span(given, "maxOpenTime", circuit.maxOpenTime(), SPAN));
        given.end();
        return circuit;
    }

    private static ConcurrencySettings concurrency(Section given) {
        ConcurrencySettings base = AiCoreSpec.DEFAULTS.concurrency();
        ConcurrencySettings concurrency = new ConcurrencySettings(
                given.countOrUnlimited("limit", base.limit(), Range.of(1, 1_000_000)),
                given.bool("adaptive", base.adaptive()),
                given.count("maxPending", base.maxPending(), MILLION),
                span(given, "pendingTimeout", base.pendingTimeout(), SPAN));
        given.end();
        return concurrency;
    }

    private static Budget budget(Section given) {
        Budget base = AiCoreSpec.DEFAULTS.budget();
        Budget budget = new Budget(
                given.bool("enabled", base.enabled()),
                given.number("capacity", base.capacity(), MILLION),
                given.number("start", base.start(), MILLION),
                given.number("deposit", base.deposit(), MILLION));
        given.end();
        if (budget.start() > budget.capacity() || budget.deposit() > budget.capacity()) {
            throw new IllegalArgumentException("start " + budget.start() + ", deposit " + budget.deposit()
                    + " (expected: at most capacity, " + budget.capacity() + ")");
        }
        return budget;
    }

    private static Duration span(Section section, String key, Duration otherwise, Range range) {
        return Duration.ofNanos(Seconds.nanos(section.seconds(key, Seconds.of(otherwise.toNanos()), range)));
    }
}
