package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The charts: drawn, described in text, and with the figures of the records. */
class ChartsBrowserTest extends SampleBrowserTest {

    @Test
    void eachChartIsDrawnAndSaidInWordsAndInATable() {
        browser.open(situation.page());
        for (String chart : List.of("traffic", "success", "failures", "causes", "waits", "latency", "cost")) {
            String card = "#chart-" + chart;
            assertThat(browser.find(card).getDomAttribute("data-state")).isEqualTo("ready");
            assertThat(colored(card)).as(chart).isGreaterThan(100);
            WebElement canvas = browser.find(card + " .canvas");
            assertThat(canvas.getDomAttribute("aria-label"))
                    .contains(browser.text(card + " h2"))
                    .containsPattern("[0-9]");
            assertThat(canvas.getDomAttribute("role")).isEqualTo("img");
            assertThat(browser.all(card + " .legend li")).isNotEmpty();

            browser.find(card + " summary").click();
            browser.await("a table", () -> !browser.all(card + " tbody tr").isEmpty());
            assertThat(browser.all(card + " thead th")).hasSizeGreaterThan(1);
            assertThat(browser.text(card + " tbody tr:first-child td")).isNotBlank();
        }
    }

    /** How many pixels have the colors of data: axes are grey. */
    private static int colored(String card) {
        return ((Number) browser.run("""
                        const c = document.querySelector(arguments[0] + ' canvas');
                        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                        let n = 0;
                        for (let i = 0; i < d.length; i += 4) {
                          if (d[i + 3] > 60 && Math.max(d[i], d[i + 1], d[i + 2]) - Math.min(d[i], d[i + 1], d[i + 2]) > 60) n++;
                        }
                        return n;
                        """, card)).intValue();
    }

    @Test
    void theFiguresAreThoseOfTheRecords() {
        browser.open(situation.page());
        assertThat(tile("calls")).isEqualTo(String.valueOf(CALLS));
        int retries = calls.stream().mapToInt(LlmOperation::retries).sum();
        assertThat(browser.text("#chart-causes .headline")).isEqualTo(retries + " retries");
        assertThat(browser.find("#chart-causes .canvas").getDomAttribute("aria-label"))
                .contains("rate limited: ", "overloaded: ");
        assertThat(tile("retries")).contains("at most 3");
        Map<String, Long> failures = calls.stream()
                .filter(call -> call.outcome() == CallOutcome.ERROR)
                .collect(Collectors.groupingBy(call -> call.failure().category(), Collectors.counting()));
        assertThat(failures).hasSizeGreaterThan(1);
        assertThat(browser.text("#chart-failures .headline"))
                .isEqualTo(failures.values().stream().mapToLong(Long::longValue).sum() + " failures");
        failures.forEach((category, count) -> assertThat(
                        browser.find("#chart-failures .canvas").getDomAttribute("aria-label"))
                .contains(category.replace('_', ' ') + ": " + count));
        assertThat(browser.all("#groups tbody tr")).hasSize(5);
        assertThat(browser.text("#groups tbody")).contains("claude-sonnet-4-5", "mistral", "$");
        assertThat(browser.all("#operations tbody tr")).hasSize(50);
        assertThat(browser.text("#operations-count")).isEqualTo("50 of 400, newest first");
    }

    @Test
    void circuitsAreLanesOfStatesOverTime() {
        browser.open(situation.page());
        assertThat(browser.all("#circuits .lane")).hasSize(3);
        assertThat(browser.all("#circuits .lane .segment.open")).hasSize(2);
        String open = browser.find("#circuits .segment.open").getDomAttribute("style");
        assertThat(open).containsPattern("left: [0-9.]+%; width: [0-9.]+%");
        browser.find("#circuits summary").click();
        browser.await("a table", () -> browser.all("#circuits tbody tr").size() == 8);
        assertThat(browser.text("#circuits tbody")).contains("half open");
    }

    @Test
    void drawingOverAChartChoosesTheTime() {
        browser.open(situation.page());
        WebElement plot = browser.find("#chart-traffic .u-over");
        new Actions(browser.driver())
                .moveToElement(plot, 20, 0)
                .clickAndHold()
                .moveToElement(plot, 90, 0)
                .release()
                .perform();
        browser.await("a time range in the address", () -> url().contains("from=2"));
        browser.awaitShown();
        assertThat(url()).contains("to=2").doesNotContain("range=");
        assertThat(Integer.parseInt(tile("calls"))).isBetween(1, CALLS - 1);
        assertThat(browser.find("#filter-from").getDomProperty("value")).startsWith("2");
    }

    @Test
    void aHundredThousandCallsAreDrawn() {
        String url = Situation.url(directory);
        Stored.manyIn(url, 100_000, Instant.now());
        try (Situation many = Situation.at(url)) {
            browser.open(many.page("?range=6h"));
            // Printed, not asserted: two seconds on a machine that does nothing else.
            System.out.println("100,000 calls: charts drawn " + since("charts-drawn") + " ms, everything shown "
                    + since("all-shown") + " ms after the navigation began");
            assertThat(tile("calls")).isEqualTo("100K");
            assertThat(browser.text("#operations-count")).isEqualTo("50 of 100,000, newest first");
            assertThat(colored("#chart-traffic")).isGreaterThan(100);
            leave();
        }
    }

    /** Milliseconds from the beginning of the navigation to this mark. */
    private static long since(String mark) {
        return ((Number) browser.run("return performance.getEntriesByName(arguments[0])[0].startTime", mark))
                .longValue();
    }
}
