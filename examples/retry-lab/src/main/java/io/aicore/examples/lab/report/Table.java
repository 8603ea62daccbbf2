package io.aicore.examples.lab.report;

import io.aicore.examples.lab.run.Estimate;
import io.aicore.examples.lab.run.Outcome;
import io.aicore.examples.lab.run.Result;
import io.aicore.examples.lab.scenario.Expectation.Comparison;
import io.aicore.examples.lab.scenario.Metric;
import java.util.ArrayList;
import java.util.List;

/** The table of a scenario, as text that is Markdown as well. */
public final class Table {

    private Table() {}

    /** Title, a row for each policy, and what was expected. */
    public static String of(Outcome outcome) {
        List<Metric> metrics = outcome.scenario().study().columns();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("policy"));
        metrics.forEach(metric -> header.add(metric.key() + " " + metric.unit()));
        rows.add(header);
        for (Result result : outcome.results()) {
            List<String> row = new ArrayList<>(List.of(result.policy().name()));
            metrics.forEach(metric -> row.add(text(metric, result.estimate(metric))));
            rows.add(row);
        }
        StringBuilder text = new StringBuilder();
        text.append("\n### ").append(outcome.scenario().name()).append("\n\n");
        text.append(outcome.scenario().title().description())
                .append("; mean ± 95 % confidence over ")
                .append(outcome.results().get(0).runs().size())
                .append(" seeds\n\n");
        append(text, rows);
        for (Outcome.Verdict verdict : outcome.verdicts()) {
            text.append(text(verdict)).append('\n');
        }
        return text.toString();
    }

    /** A mean, with the half width of its interval where there is one. */
    static String text(Metric metric, Estimate estimate) {
        String mean = metric.text(estimate.mean());
        return Double.isNaN(estimate.halfWidth()) || estimate.halfWidth() == 0
                ? mean
                : mean + " ± " + metric.text(estimate.halfWidth());
    }

    /** One line: what was expected, and whether it was reached. */
    static String text(Outcome.Verdict verdict) {
        Metric metric = verdict.expectation().metric();
        String found = text(metric, verdict.found());
        String what = verdict.expectation().comparison() == Comparison.SAME ? "difference " + found : found;
        return "- " + (verdict.reached() ? "reached" : "NOT REACHED") + ": " + verdict.expectation() + ": " + what;
    }

    private static void append(StringBuilder text, List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int r = 0; r < rows.size(); r++) {
            text.append('|');
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                String padding = " ".repeat(widths[i] - cell.length());
                text.append(' ')
                        .append(i == 0 ? cell + padding : padding + cell)
                        .append(" |");
            }
            text.append('\n');
            if (r == 0) {
                text.append('|');
                for (int i = 0; i < columns; i++) {
                    text.append("-".repeat(widths[i] + 1)).append(i == 0 ? "-|" : ":|");
                }
                text.append('\n');
            }
        }
        text.append('\n');
    }
}
