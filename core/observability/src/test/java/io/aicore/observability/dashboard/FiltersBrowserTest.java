package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.LlmOperation;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The filters and the time range: what is shown, the controls and the address agree. */
class FiltersBrowserTest extends SampleBrowserTest {

    static Stream<Arguments> filters() {
        return Stream.of(
                filter("provider", "openai", call -> call.provider().equals("openai")),
                filter("model", "gpt-5.2", call -> call.model().equals("gpt-5.2")),
                filter("outcome", "error", call -> call.outcome() == CallOutcome.ERROR),
                filter(
                        "category",
                        "overloaded",
                        call -> "overloaded".equals(call.failure().category())),
                filter("retried", "true", call -> call.retries() > 0),
                filter("minTokens", "1500", call -> tokens(call) >= 1_500),
                filter("maxTokens", "900", call -> tokens(call) > 0 && tokens(call) <= 900),
                filter("minLatency", "3000", call -> call.latency().toMillis() >= 3_000),
                filter("maxLatency", "900", call -> call.latency().compareTo(Duration.ofMillis(900)) <= 0),
                filter(
                        "session",
                        "session-3",
                        call -> "session-3".equals(call.identity().session())),
                filter(
                        "workspace",
                        "sales",
                        call -> "sales".equals(call.identity().workspace())),
                filter(
                        "agent",
                        "triage",
                        call -> "triage".equals(call.identity().agent())),
                filter("text", "t-1001", call -> call.extras().containsValue("T-1001")));
    }

    private static Arguments filter(String name, String value, Predicate<LlmOperation> which) {
        return Arguments.of(name, value, which);
    }

    private static long tokens(LlmOperation call) {
        Usage usage = call.usage();
        return usage == null ? 0 : usage.inputTokens() + usage.outputTokens();
    }

    @ParameterizedTest
    @MethodSource("filters")
    void eachFilterNarrowsWhatIsShownAndIsInTheAddress(String name, String value, Predicate<LlmOperation> which) {
        long expected = count(which);
        assertThat(expected).as("the sample has both kinds").isBetween(1L, CALLS - 1L);
        // The address alone leads there.
        browser.open(situation.page("?" + name + "=" + value));
        awaitCalls(expected);
        browser.find(".chip[data-filter=" + name + "]").click();
        awaitCalls(CALLS);
        assertThat(url()).doesNotContain(name);

        browser.run("document.querySelector('.more').open = true");
        WebElement control = browser.find("#filter-" + name);
        if (control.getTagName().equals("select")) {
            new Select(control).selectByValue(value);
        } else if (name.equals("retried")) {
            control.click();
        } else {
            control.sendKeys(value, Keys.ENTER);
        }
        awaitCalls(expected);
        assertThat(url()).endsWith("?" + name + "=" + value);
        assertThat(browser.text("#operations-count")).contains("of " + expected);
        assertThat(browser.all("#operations tbody tr")).hasSize((int) Math.min(50, expected));
        assertThat(browser.all(".chip[data-filter=" + name + "]")).hasSize(1);
    }

    @Test
    void backAndForwardGoThroughWhatWasLookedAt() {
        browser.open(situation.page());
        new Select(browser.find("#filter-provider")).selectByValue("gemini");
        awaitCalls(count(call -> call.provider().equals("gemini")));
        browser.find("[data-range='15m']").click();
        browser.await("the range", () -> url().contains("range=15m"));
        browser.awaitShown();

        browser.driver().navigate().back();
        awaitCalls(count(call -> call.provider().equals("gemini")));
        assertThat(browser.find("[data-range='1h']").getDomAttribute("aria-pressed"))
                .isEqualTo("true");
        browser.driver().navigate().back();
        awaitCalls(CALLS);
        assertThat(browser.find("#filter-provider").getDomProperty("value")).isEmpty();
        browser.driver().navigate().forward();
        awaitCalls(count(call -> call.provider().equals("gemini")));
        browser.find("#reset").click();
        awaitCalls(CALLS);
    }

    @Test
    void eachTimeRangeIsInTheAddress() {
        browser.open(situation.page());
        for (String range : List.of("15m", "6h", "24h", "7d", "30d")) {
            browser.find("[data-range='" + range + "']").click();
            browser.await("the address", () -> url().endsWith("?range=" + range));
            browser.awaitShown();
            assertThat(browser.find("[data-range='" + range + "']").getDomAttribute("aria-pressed"))
                    .isEqualTo("true");
            assertThat(Integer.parseInt(tile("calls")))
                    .matches(shown -> range.equals("15m") ? shown > 0 && shown < CALLS : shown == CALLS);
        }
    }

    @Test
    void aRangeOfOnesOwnIsTyped() {
        browser.open(situation.page());
        browser.find("[data-range=custom]").click();
        String from = (String)
                browser.run(
                        "const d = new Date(Date.now() - 20 * 60000); const l = new Date(d - d.getTimezoneOffset() * 60000);"
                                + "const i = document.getElementById('filter-from'); i.value = l.toISOString().slice(0, 19); return i.value");
        assertThat(from).isNotBlank();
        browser.find("#apply-range").click();
        browser.await("the address", () -> url().contains("from=2"));
        browser.awaitShown();
        assertThat(Integer.parseInt(tile("calls"))).isBetween(1, CALLS - 1);
    }

    @Test
    void aFilterThatIsNotUnderstoodIsPointedAt() {
        browser.driver().get(situation.page("?minTokens=many"));
        browser.await("the notice", () -> browser.find("#notice").isDisplayed());
        assertThat(browser.text("#notice")).contains("minTokens", "'many'");
        assertThat(browser.find("#filter-minTokens").getDomAttribute("aria-invalid"))
                .isEqualTo("true");
        assertThat(complaintsButStatus(400)).isEmpty();
    }
}
