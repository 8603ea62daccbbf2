package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.CircuitChange;
import io.aicore.observability.FailureInfo;
import io.aicore.observability.Identity;
import io.aicore.observability.LlmAttempt;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.StoredContent;
import io.aicore.observability.TraceIds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.Select;

/** Data are shown as text, whatever they contain. */
class HostileDataBrowserTest extends BrowserTest {

    @TempDir
    static Path directory;

    @Test
    void hostileNamesAndErrorsAreShownAsText() {
        String image = "<img src=x onerror=\"document.title='owned'\">";
        String script = "\"><script>document.title='owned'</script>'`${1}";
        String turned = "\u202egnp.exe\u202c ‏עברית";
        String lengthy = "x".repeat(10_000);
        List<LlmOperation> hostile = List.of(
                call("h-1", image, script, CallOutcome.ERROR, new FailureInfo(script, image, script, image + lengthy)),
                call("h-2", turned, lengthy, CallOutcome.SUCCESS, FailureInfo.NONE));
        try (Situation situation = Situation.with(
                directory,
                hostile,
                List.of(new CircuitChange("p", image + script, Instant.now(), CircuitState.OPEN)))) {
            browser.open(situation.page());
            assertThat(tile("calls")).isEqualTo("2");
            assertThat(names("#operations tbody")).contains(image, script, turned);
            assertThat(names("#groups tbody")).contains(image, script, turned);
            assertThat(browser.run("return [...document.querySelectorAll('#filter-model option')].map(o => o.value)"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .contains(script);
            assertThat(browser.find("#circuits .scope").getDomAttribute("title"))
                    .isEqualTo(image + script);
            new Select(browser.find("#filter-provider")).selectByValue(image);
            awaitCalls(1);
            assertThat(names(".chips")).contains(image);
            fits();

            browser.find("a[data-operation=h-1]").click();
            awaitDetail("ready");
            assertThat(browser.text("#detail")).contains(image, script, "x".repeat(900), turned);
            fits();
            assertThat(browser.driver().getTitle()).doesNotContain("owned");
            assertThat(browser.all("main img, main script, main iframe")).isEmpty();
            leave();
        }
    }

    private static LlmOperation call(
            String id, String provider, String model, CallOutcome outcome, FailureInfo failure) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String why = failure.why() == null ? "" : failure.why();
        String category = failure.category() == null ? null : "server_error";
        return new LlmOperation(
                new LlmOperation.Ids(id, null, TraceIds.NONE),
                new LlmOperation.Request(
                        "complete",
                        provider,
                        model,
                        provider,
                        new Identity(provider, model, why),
                        Map.of(provider, model, "turned", "\u202egnp.exe\u202c ‏עברית")),
                new LlmOperation.Timing(start, Duration.ofMillis(800), null),
                new LlmOperation.Result(
                        outcome,
                        failure.category() == null
                                ? failure
                                : new FailureInfo(category, failure.code(), "retries_exhausted", why),
                        provider,
                        new Usage(5, 5, 0, 0, 0),
                        null),
                new LlmOperation.Execution(
                        1,
                        Duration.ofMillis(100),
                        null,
                        "closed",
                        List.of(
                                new LlmAttempt(
                                        1,
                                        start,
                                        Duration.ofMillis(300),
                                        new LlmAttempt.Response(500, model),
                                        new LlmAttempt.Failure("body", "server_error", null),
                                        new LlmAttempt.Decision(Duration.ofMillis(100), why)),
                                new LlmAttempt(
                                        2,
                                        start.plusMillis(400),
                                        Duration.ofMillis(400),
                                        LlmAttempt.Response.NONE,
                                        LlmAttempt.Failure.NONE,
                                        LlmAttempt.Decision.NONE))),
                new StoredContent(provider + why, model));
    }

    /** The names that stand there, in full. */
    @SuppressWarnings("unchecked")
    private static List<String> names(String css) {
        return (List<String>) browser.run(
                "return [...document.querySelectorAll(arguments[0] + ' bdi')].map(each => each.title || each.textContent)",
                css);
    }
}
