package io.aicore.examples.lab.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.aicore.examples.lab.run.Estimate;
import io.aicore.examples.lab.run.Outcome;
import io.aicore.examples.lab.run.Result;
import io.aicore.examples.lab.run.Series;
import io.aicore.examples.lab.scenario.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The figures for a spreadsheet: means, every run, and the curves. */
public final class CsvFiles {

    private CsvFiles() {}

    /** Writes figures.csv, runs.csv and series.csv. */
    public static void write(Path directory, List<Outcome> outcomes) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(directory.resolve("figures.csv"))) {
            csv.writeRecord("scenario", "policy", "metric", "unit", "mean", "confidence95", "seeds");
            for (Outcome outcome : outcomes) {
                for (Result result : outcome.results()) {
                    for (Metric metric : Metric.values()) {
                        figure(csv, outcome, result, metric);
                    }
                }
            }
        }
        try (CsvWriter csv = CsvWriter.builder().build(directory.resolve("runs.csv"))) {
            csv.writeRecord("scenario", "policy", "seed", "metric", "value");
            for (Outcome outcome : outcomes) {
                for (Result result : outcome.results()) {
                    runs(csv, outcome, result);
                }
            }
        }
        try (CsvWriter csv = CsvWriter.builder().build(directory.resolve("series.csv"))) {
            csv.writeRecord("scenario", "policy", "second", "attempts", "goodput", "waiting", "queue");
            for (Outcome outcome : outcomes) {
                for (Result result : outcome.results()) {
                    series(csv, outcome, result);
                }
            }
        }
    }

    private static void figure(CsvWriter csv, Outcome outcome, Result result, Metric metric) {
        Estimate estimate = result.estimate(metric);
        csv.writeRecord(
                outcome.scenario().name(),
                result.policy().name(),
                metric.key(),
                metric.unit(),
                number(estimate.mean()),
                number(estimate.halfWidth()),
                String.valueOf(estimate.runs()));
    }

    private static void runs(CsvWriter csv, Outcome outcome, Result result) {
        for (int i = 0; i < result.runs().size(); i++) {
            for (Map.Entry<Metric, Double> figure :
                    result.runs().get(i).figures().entrySet()) {
                csv.writeRecord(
                        outcome.scenario().name(),
                        result.policy().name(),
                        String.valueOf(i + 1),
                        figure.getKey().key(),
                        number(figure.getValue()));
            }
        }
    }

    private static void series(CsvWriter csv, Outcome outcome, Result result) {
        Series series = result.series();
        double[] attempts = series.attempts();
        double[] goodput = series.goodput();
        double[] waiting = series.waiting();
        double[] queue = series.queue();
        for (int second = 0; second < attempts.length; second++) {
            csv.writeRecord(
                    outcome.scenario().name(),
                    result.policy().name(),
                    String.valueOf(second),
                    number(attempts[second]),
                    number(goodput[second]),
                    number(waiting[second]),
                    number(queue[second]));
        }
    }

    /** Empty for what could not be measured. */
    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.valueOf(value);
    }
}
