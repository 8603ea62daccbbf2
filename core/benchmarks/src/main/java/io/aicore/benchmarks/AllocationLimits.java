package io.aicore.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The bytes per operation that a file allows its benchmarks, with a margin for what the JIT compiler decides. */
record AllocationLimits(Map<String, Double> expected) {

    /** What a socket delivers at once differs from run to run. */
    private static final String OVER_SOCKETS = "SocketBenchmark.";

    private static final String HEAD = """
            # Bytes that one operation allocates, written by AllocationCheck with "update".
            # The check fails above + 3 % and 16 B, over sockets above + 10 %.
            """;

    static AllocationLimits read(Path file) throws IOException {
        Properties lines = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            lines.load(text);
        }
        Map<String, Double> expected = new TreeMap<>();
        for (String benchmark : lines.stringPropertyNames()) {
            expected.put(benchmark, bytes(benchmark, lines.getProperty(benchmark)));
        }
        return new AllocationLimits(expected);
    }

    private static double bytes(String benchmark, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(benchmark + ": " + value + " (expected: bytes per operation)", e);
        }
    }

    static AllocationLimits of(Collection<Measured> measured) {
        Map<String, Double> expected = new TreeMap<>();
        measured.forEach(each -> expected.put(each.benchmark(), each.bytes()));
        return new AllocationLimits(expected);
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        expected.forEach((benchmark, bytes) -> text.append(String.format(Locale.ROOT, "%s=%.1f%n", benchmark, bytes)));
        Files.writeString(file, text);
    }

    /** What this benchmark may allocate. */
    double limit(String benchmark) {
        double bytes = expected.getOrDefault(benchmark, 0.0);
        return benchmark.startsWith(OVER_SOCKETS) ? bytes * 1.10 : bytes * 1.03 + 16;
    }

    /** A line for each benchmark above its limit, and for each that is only in the file or only measured. */
    List<String> violations(Collection<Measured> measured) {
        List<String> violations = new ArrayList<>();
        Map<String, Double> unmeasured = new TreeMap<>(expected);
        for (Measured each : measured) {
            if (unmeasured.remove(each.benchmark()) == null) {
                violations.add(
                        each.benchmark() + ": has no limit (expected: a line in the file, written by \"update\")");
            } else if (each.bytes() > limit(each.benchmark())) {
                violations.add(String.format(
                        Locale.ROOT,
                        "%s: limit %,.1f B per operation, measured %,.1f B",
                        each.benchmark(),
                        limit(each.benchmark()),
                        each.bytes()));
            }
        }
        unmeasured.keySet().forEach(gone -> violations.add(gone + ": has a limit, and there is no such benchmark"));
        return violations;
    }

    /** Each benchmark with what the file says, what it may allocate and what it did. */
    String table(Collection<Measured> measured) {
        StringBuilder table = new StringBuilder(
                String.format("%-32s %12s %12s %12s%n", "bytes per operation", "file", "limit", "measured"));
        for (Measured each : measured) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-32s %,12.1f %,12.1f %,12.1f%n",
                    each.benchmark(),
                    expected.getOrDefault(each.benchmark(), 0.0),
                    limit(each.benchmark()),
                    each.bytes()));
        }
        return table.toString();
    }
}
