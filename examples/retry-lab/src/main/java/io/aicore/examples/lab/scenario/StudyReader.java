package io.aicore.examples.lab.scenario;

import io.aicore.examples.lab.scenario.Expectation.Comparison;
import io.aicore.examples.lab.scenario.Study.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is measured and what must be reached. */
final class StudyReader {

    private static final Pattern BOUND = Pattern.compile("(<=|>=)\\s*(\\d+(?:\\.\\d+)?)");
    private static final Pattern SAME = Pattern.compile("same as\\s+(\\S+)");
    private static final String OURS = "aicore";

    private final Section root;
    private final double duration;
    private final double lastCall;

    StudyReader(Section root, double duration, double lastCall) {
        this.root = root;
        this.duration = duration;
        this.lastCall = lastCall;
    }

    Study read(@Nullable Window faults) {
        Section measure = root.section("measure");
        Window window = window(measure, "window", new Window(ScenarioReader.warmUp(duration), duration));
        Window fault = measure.has("fault") ? window(measure, "fault", window) : faults;
        measure.end();
        List<Metric> columns = new ArrayList<>();
        for (String key : root.strings("columns")) {
            columns.add(metric("columns", key));
        }
        if (columns.isEmpty()) {
            columns.addAll(fault == null ? Metric.ofLoads() : Metric.ofFaults());
        }
        return new Study(duration, window, fault, List.copyOf(columns), root.strings("policies"), expectations());
    }

    private Window window(Section measure, String key, Window otherwise) {
        if (!measure.has(key)) {
            return otherwise;
        }
        Section section = measure.section(key);
        Window window = section.period(ScenarioReader.TIME, otherwise, lastCall);
        section.end();
        return window;
    }

    private static Metric metric(String path, String key) {
        for (Metric metric : Metric.values()) {
            if (metric.key().equals(key)) {
                return metric;
            }
        }
        throw Section.wrong(path, key, "one of: " + String.join(", ", Metric.keys()));
    }

    /** Metrics with bounds for our own policy, or names of policies with metrics. */
    private List<Expectation> expectations() {
        List<Expectation> expectations = new ArrayList<>();
        Section expect = root.section("expect");
        for (String key : expect.keys()) {
            Object value = expect.raw(key);
            if (value instanceof Map) {
                Section ofPolicy = expect.section(key);
                for (String metric : ofPolicy.keys()) {
                    expectations.add(expectation(key, metric, ofPolicy));
                }
            } else {
                expectations.add(expectation(OURS, key, expect));
            }
        }
        return List.copyOf(expectations);
    }

    private static Expectation expectation(String policy, String key, Section section) {
        Metric metric = metric(section.path(key), key);
        String text = section.string(key, "");
        Matcher bound = BOUND.matcher(text);
        if (bound.matches()) {
            Comparison comparison = "<=".equals(bound.group(1)) ? Comparison.AT_MOST : Comparison.AT_LEAST;
            double value = Double.parseDouble(String.valueOf(bound.group(2)));
            return new Expectation(policy, metric, comparison, value, null);
        }
        Matcher same = SAME.matcher(text);
        if (same.matches()) {
            return new Expectation(policy, metric, Comparison.SAME, 0, same.group(1));
        }
        throw Section.wrong(section.path(key), text, "'<= NUMBER', '>= NUMBER' or 'same as POLICY'");
    }
}
