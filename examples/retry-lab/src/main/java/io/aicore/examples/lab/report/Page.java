package io.aicore.examples.lab.report;

import io.aicore.examples.lab.run.Outcome;
import io.aicore.examples.lab.run.Result;
import io.aicore.examples.lab.run.Series;
import io.aicore.examples.lab.scenario.Metric;
import io.aicore.examples.lab.scenario.Study;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One page without links to anything: tables, and charts over time of all policies. */
public final class Page {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private Page() {}

    /** The page of these scenarios. */
    public static String of(List<Outcome> outcomes) {
        return resource("/page/page.html")
                .replace("/*uplot.css*/", resource(UPLOT + "uPlot.min.css"))
                .replace("/*page.css*/", resource("/page/page.css"))
                .replace("/*uplot.js*/", resource(UPLOT + "uPlot.iife.min.js"))
                .replace("/*page.js*/", resource("/page/page.js"))
                .replace("<!--sections-->", sections(outcomes))
                .replace("\"data\"", data(outcomes));
    }

    private static String sections(List<Outcome> outcomes) {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            html.append("<section id=\"s")
                    .append(i)
                    .append("\"><h2>")
                    .append(escaped(outcome.scenario().name()));
            html.append("</h2>\n<p>")
                    .append(escaped(outcome.scenario().title().description()))
                    .append("</p>\n");
            verdicts(html, outcome);
            html.append("<div class=\"charts\" data-scenario=\"").append(i).append("\"></div>\n");
            table(html, outcome);
            html.append("</section>\n");
        }
        return html.toString();
    }

    private static void verdicts(StringBuilder html, Outcome outcome) {
        html.append("<ul class=\"verdicts\">");
        for (Outcome.Verdict verdict : outcome.verdicts()) {
            html.append("<li class=\"")
                    .append(verdict.reached() ? "reached" : "missed")
                    .append("\">")
                    .append(escaped(Table.text(verdict).substring(2)))
                    .append("</li>");
        }
        html.append("</ul>\n");
    }

    private static void table(StringBuilder html, Outcome outcome) {
        List<Metric> metrics = outcome.scenario().study().columns();
        html.append("<div class=\"scroll\"><table><thead><tr><th>policy</th>");
        metrics.forEach(metric -> html.append("<th>")
                .append(escaped(metric.key() + " " + metric.unit()))
                .append("</th>"));
        html.append("</tr></thead><tbody>");
        for (Result result : outcome.results()) {
            html.append("<tr title=\"")
                    .append(escaped(result.policy().description()))
                    .append("\"><th>")
                    .append(escaped(result.policy().name()))
                    .append("</th>");
            metrics.forEach(metric -> html.append("<td>")
                    .append(escaped(Table.text(metric, result.estimate(metric))))
                    .append("</td>"));
            html.append("</tr>");
        }
        html.append("</tbody></table></div>\n");
    }

    private static String data(List<Outcome> outcomes) {
        return outcomes.stream().map(Page::data).collect(Collectors.joining(",", "[", "]"));
    }

    private static String data(Outcome outcome) {
        Study.Window fault = outcome.scenario().study().fault();
        String policies = outcome.results().stream().map(Page::data).collect(Collectors.joining(","));
        String window = fault == null ? "null" : "[" + fault.from() + "," + fault.to() + "]";
        return "{\"fault\":" + window + ",\"policies\":[" + policies + "]}";
    }

    private static String data(Result result) {
        Series series = result.series();
        return "{\"name\":\"" + result.policy().name() + "\",\"curves\":[" + numbers(series.attempts()) + ","
                + numbers(series.goodput()) + "," + numbers(series.waiting()) + "," + numbers(series.queue()) + "]}";
    }

    private static String numbers(double[] values) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ",");
            text.append(
                    values[i] == Math.rint(values[i])
                            ? String.valueOf((long) values[i])
                            : String.format(Locale.ROOT, "%.1f", values[i]));
        }
        return text.append(']').toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
