package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.LlmAttempt;
import io.aicore.observability.LlmOperation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The table of calls and the view of one call. */
class CallsBrowserTest extends SampleBrowserTest {

    @Test
    void moreCallsFollow() {
        browser.open(situation.page());
        browser.find("#more-calls").click();
        browser.await(
                "the second page", () -> browser.all("#operations tbody tr").size() == 100);
        assertThat(browser.text("#operations-count")).startsWith("100 of 400");
        List<String> ids = browser.all("#operations tbody tr").stream()
                .map(row -> row.getDomAttribute("data-id"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(browser.run("return document.activeElement.dataset.operation"))
                .isEqualTo(ids.get(50));
    }

    @Test
    void aCallIsShownWithItsAttemptsAndReasons() {
        LlmOperation failed = calls.stream()
                .filter(call -> call.outcome() == CallOutcome.ERROR)
                .findFirst()
                .orElseThrow();
        browser.open(situation.page("?outcome=error"));
        browser.find("a[data-operation='" + failed.id() + "']").click();
        awaitDetail("ready");
        assertThat(url()).contains("operation=" + failed.id(), "outcome=error");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("detail-title");

        List<WebElement> attempts = browser.all(".waterfall li");
        assertThat(attempts).hasSize(4);
        for (int i = 0; i < 4; i++) {
            LlmAttempt attempt = failed.attempts().get(i);
            String text = attempts.get(i).getText();
            assertThat(text)
                    .contains("#" + (i + 1), attempt.category().replace('_', ' '), attempt.why(), attempt.requestId());
        }
        assertThat(browser.all(".waterfall .waiting")).hasSize(3);
        // A waterfall: each begins where the one before has ended.
        double left = 0;
        for (WebElement bar : browser.all(".waterfall .segment.open")) {
            double next = ((Number) browser.run("return parseFloat(arguments[0].style.left)", bar)).doubleValue();
            assertThat(next).isGreaterThanOrEqualTo(left);
            left = next;
        }
        assertThat(left).isPositive();
        assertThat(browser.text("#detail")).contains("retries exhausted", "T-1", "session-");

        browser.driver().navigate().back();
        browser.awaitShown();
        browser.await(
                "the focus is back",
                () -> failed.id().equals(browser.run("return document.activeElement.dataset.operation")));
        browser.driver().navigate().forward();
        awaitDetail("ready");
        // By its address alone.
        browser.driver().navigate().refresh();
        awaitDetail("ready");
        browser.find("#back").click();
        browser.awaitShown();
        assertThat(url()).doesNotContain("operation=").contains("outcome=error");
    }

    static Stream<Arguments> names() {
        return Stream.of(
                name("record", LlmOperation::id),
                name("call", call -> call.ids().callId()),
                name("trace", call -> call.ids().trace().traceId()),
                name("request", call -> call.attempts().get(1).requestId()));
    }

    private static Arguments name(String kind, Function<LlmOperation, String> id) {
        return Arguments.of(kind, id);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aCallIsFoundByEachOfItsIdsWhateverTheFiltersLeave(String kind, Function<LlmOperation, String> id) {
        LlmOperation failed = calls.stream()
                .filter(call -> call.outcome() == CallOutcome.ERROR)
                .findFirst()
                .orElseThrow();
        browser.open(situation.page("?outcome=success"));
        browser.run("document.querySelector('#filters details').open = true");

        browser.find("#find").sendKeys(" " + id.apply(failed) + Keys.ENTER);

        awaitDetail("ready");
        assertThat(browser.text("#detail"))
                .contains(
                        failed.id(),
                        failed.ids().callId(),
                        failed.ids().trace().traceId(),
                        failed.ids().trace().spanId());
        assertThat(url()).contains("operation=" + id.apply(failed), "outcome=success");
    }

    @Test
    void aCallThatIsNotThereIsSaidSo() {
        browser.driver().get(situation.page("?operation=nothing"));
        awaitDetail("empty");
        assertThat(browser.text("#detail")).contains("No such call");
        assertThat(complaintsButStatus(404)).isEmpty();
    }
}
