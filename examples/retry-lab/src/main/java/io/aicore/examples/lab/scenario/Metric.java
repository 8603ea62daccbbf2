package io.aicore.examples.lab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured in a run. NaN where a run has nothing to measure it by. */
public enum Metric {
    /** Attempts per call begun, while the fault lasts (from 5 s after its beginning). */
    LOAD("load", "×", 2),
    /** Attempts in the busiest second of the 90 s after the fault, or of the window without one, by the limit or the mean demand. */
    PEAK("peak", "×", 2),
    /** Seconds from the end of the fault until 95 % of the goodput before it are reached and kept for 15 s. */
    RECOVERY("recovery", "s", 1),
    /** Failed of the calls begun in the fault and the minute after it. */
    FAILED("failed", "%", 1),
    /** Failed of the calls begun in the minute after the fault. */
    FAILED_AFTER("failedAfter", "%", 2),
    /** Seconds that a call waited in vain which began in the fault or the minute after it. */
    WASTED("wasted", "s", 1),
    /** Successes a second in the window, by its demand or the provider's limit of requests, the smaller one. */
    GOODPUT("goodput", "%", 1),
    /** Attempts of the window by its successes. */
    ATTEMPTS("attempts", "×", 2),
    /** Succeeded of the calls begun in the window. */
    SUCCESS("success", "%", 2),
    /** Median duration of the successful calls begun in the window. */
    P50("p50", "s", 2),
    /** 99th percentile of the same. */
    P99("p99", "s", 2),
    /** Succeeded of all calls. */
    DONE("done", "%", 2),
    /** Seconds from the first call to the last success. */
    LAST("last", "s", 1),
    /** Calls of the window that failed without an attempt. */
    REJECTED("rejected", "calls", 1),
    /** Most attempts in flight. */
    IN_FLIGHT("inFlight", "attempts", 0),
    /** Most calls that waited without an attempt in flight. */
    WAITING("waiting", "calls", 0);

    private final String key;
    private final String unit;
    private final int digits;

    Metric(String key, String unit, int digits) {
        this.key = key;
        this.unit = unit;
        this.digits = digits;
    }

    /** Its name in scenarios, tables and files. */
    public String key() {
        return key;
    }

    public String unit() {
        return unit;
    }

    /** The value as shown in tables; a dash for none. */
    public String text(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** All keys, for messages. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Metric::key).toList();
    }

    /** Those to show of a scenario with a fault. */
    public static List<Metric> ofFaults() {
        return List.of(LOAD, PEAK, RECOVERY, FAILED, FAILED_AFTER, WASTED, IN_FLIGHT);
    }

    /** Those to show of a scenario without one. */
    public static List<Metric> ofLoads() {
        return List.of(GOODPUT, ATTEMPTS, SUCCESS, P50, P99, PEAK, REJECTED);
    }
}
