package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.CircuitChange;
import io.aicore.observability.FailureInfo;
import io.aicore.observability.Identity;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.StoredContent;
import io.aicore.observability.TraceIds;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums and names that are too long for their place: never another number, never half a name. */
class LargeFiguresBrowserTest extends BrowserTest {

    private static final String PROFILE =
            "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-20250514-v1:0";
    private static final String DATED = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";

    @TempDir
    static Path directory;

    private static Situation situation;
    private static String failedId;

    @BeforeAll
    static void start() {
        List<LlmOperation> calls = new ArrayList<>();
        calls.add(call("bedrock", PROFILE, new Usage(1_675_138_200_000_007L, 1_000_000_000_000_000L, 0, 0, 0), null));
        calls.add(call("bedrock", DATED, Usage.of(5, 6), "37283950.123456789012"));
        calls.add(call("openai", "gpt-5.2-mini", Usage.of(5, 6), "12345.67"));
        calls.add(call("openai", "gpt-5.2-mini", Usage.of(5, 6), "0.0000004"));
        for (int i = 0; i < 11; i++) {
            calls.add(call("ollama", "qwen3:8b", null, null));
        }
        LlmOperation failed = failed("anthropic", "claude-sonnet-4-5");
        failedId = failed.id();
        calls.add(failed);
        situation = Situation.with(
                directory,
                calls,
                List.of(new CircuitChange(
                        "5a17c0de",
                        "bedrock bedrock-runtime.eu-central-1.amazonaws.com:443 " + PROFILE,
                        Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MICROS),
                        CircuitState.CLOSED)));
    }

    @AfterAll
    static void stop() {
        leave();
        situation.close();
    }

    @BeforeEach
    void large() {
        browser.size(1280, 1000);
    }

    private static int number;

    private static LlmOperation call(String provider, String model, @Nullable Usage usage, @Nullable String cost) {
        return call(provider, model, usage, cost, CallOutcome.SUCCESS, FailureInfo.NONE);
    }

    private static LlmOperation failed(String provider, String model) {
        FailureInfo failure =
                new FailureInfo("authentication", "invalid_api_key", "not_retryable", "401: the key is not known");
        return call(provider, model, null, null, CallOutcome.ERROR, failure);
    }

    private static LlmOperation call(
            String provider,
            String model,
            @Nullable Usage usage,
            @Nullable String cost,
            CallOutcome outcome,
            FailureInfo failure) {
        return new LlmOperation(
                new LlmOperation.Ids("large-" + number++, null, TraceIds.NONE),
                new LlmOperation.Request(
                        "complete",
                        provider,
                        model,
                        provider + ".example:443",
                        new Identity("session-of-a-customer-with-a-long-name-0001", null, null),
                        Map.of()),
                new LlmOperation.Timing(
                        Instant.now().minusSeconds(60L * number).truncatedTo(ChronoUnit.MICROS),
                        Duration.ofMillis(1_500L * number),
                        null),
                new LlmOperation.Result(outcome, failure, provider, usage, cost == null ? null : new BigDecimal(cost)),
                new LlmOperation.Execution(0, Duration.ofDays(400L * number), null, "closed", List.of()),
                StoredContent.NONE);
    }

    private static String shown(String css) {
        return String.valueOf(browser.run("return document.querySelector(arguments[0]).firstChild.textContent", css));
    }

    private static String exact(String css) {
        return String.valueOf(
                browser.run("return document.querySelector(arguments[0] + ' [title]')?.getAttribute('title')", css));
    }

    @Test
    void sumsAreShortenedWithAUnitAndCarryTheExactValue() {
        browser.open(situation.page());

        assertThat(shown("#tile-cost dd")).isEqualTo("$37.3M");
        assertThat(exact("#tile-cost dd")).isEqualTo("$37,296,295.793457189012");
        assertThat(shown("#tile-tokens dd")).isEqualTo("2.7Q");
        assertThat(exact("#tile-tokens dd")).isEqualTo("2,675,138,200,000,040");
        assertThat(shown("#chart-cost .headline")).isEqualTo("$37.3M");
    }

    @Test
    void whatIsNotKnownIsSaidBesideEachSumAndIsNeverNothing() {
        browser.open(situation.page());

        assertThat(browser.text("#tile-cost")).contains("+ 12 calls without a price");
        assertThat(browser.text("#tile-tokens")).contains("+ 11 calls without a count");
        assertThat(browser.text("#chart-cost figcaption")).contains("+ 12 calls without a price");
        assertThat(browser.text(group("qwen3:8b") + " td:last-child")).isEqualTo("–+ 11 calls without a price");
        assertThat(browser.text(group("qwen3:8b") + " td:nth-last-child(2)")).isEqualTo("–+ 11 calls without a count");
        assertThat(browser.all(group("qwen3:8b") + " .meter i")).isEmpty();

        browser.open(situation.page("?provider=ollama"));
        assertThat(shown("#tile-cost dd")).isEqualTo("–");
        assertThat(shown("#chart-cost .headline")).isEqualTo("–");
        browser.find("#chart-cost summary").click();
        browser.await("a table", () -> !browser.all("#chart-cost tbody tr").isEmpty());
        assertThat(browser.text("#chart-cost tbody")).contains("–").doesNotContain("$0");
    }

    /** The row of this model. */
    private static String group(String model) {
        browser.run("""
                for (const row of document.querySelectorAll('#groups tbody tr')) {
                  const name = row.querySelector('td bdi');
                  row.dataset.model = name.title || name.textContent;
                }""");
        return "#groups tr[data-model='" + model + "']";
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 768, 1280, 1440})
    void nothingReachesOverItsBoxAndNamesKeepBothEnds(int width) {
        browser.size(width, 1_000);
        browser.open(situation.page());

        assertThat(tooWide()).isEmpty();
        for (String table : List.of("#groups", "#operations")) {
            assertThat(browser.run("""
                            return [...document.querySelectorAll(arguments[0] + ' tbody bdi')].map(each => [each.title || each.textContent, each.textContent,
                              Math.round(each.getBoundingClientRect().height / parseFloat(getComputedStyle(each).lineHeight))].join(' | '))
                            """, table))
                    .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                    .contains(
                            PROFILE + " | arn:aws:…-sonnet-4-20250514-v1:0 | 1",
                            DATED + " | us.anthropic.…-7-sonnet-20250219-v1:0 | 1",
                            "claude-sonnet-4-5 | claude-sonnet-4-5 | 1",
                            "anthropic | anthropic | 1")
                    .allMatch(name -> name.endsWith(" | 1"));
        }
        assertThat(browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0L);
        assertThat(cutAxes()).isEmpty();

        browser.driver().get(situation.page("?operation=" + failedId));
        browser.await("the call", () -> "ready".equals(browser.find("#detail").getDomAttribute("data-state")));
        assertThat(tooWide()).isEmpty();
    }

    /** Elements whose text does not fit into them; what scrolls is for that. */
    private static List<?> tooWide() {
        return (List<?>) browser.run("""
                return [...document.querySelectorAll('main *')].filter(each => each.checkVisibility() && each.clientWidth > 0
                  && each.scrollWidth > each.clientWidth + 1 && !each.closest('.uplot, .unseen, thead'))
                  .map(each => each.outerHTML.slice(0, 200) + ' ' + each.scrollWidth + ' > ' + each.clientWidth);
                """);
    }

    /** Charts with ink at their left edge: a label that lost its first digits. */
    private static List<?> cutAxes() {
        return (List<?>) browser.run("""
                return [...document.querySelectorAll('.canvas canvas')].filter(canvas =>
                  canvas.getContext('2d').getImageData(0, 0, 2, canvas.height).data.some((value, i) => i % 4 === 3 && value > 0))
                  .map(canvas => canvas.closest('figure').id);
                """);
    }

    @Test
    void whoIsSickAndWhyIsOneSentence() {
        browser.open(situation.page());

        assertThat(browser.text("#sick")).isEqualTo("anthropic: 1 of 1 calls failed (100 %), by authentication.");
        assertThat(browser.find("#groups tbody tr:first-child").getText()).startsWith("anthropic");
        assertThat(browser.text("#groups tbody tr:first-child .poor")).isEqualTo("0 %");
        browser.open(situation.page("?provider=openai"));
        assertThat(browser.find("#sick").isDisplayed()).isFalse();
    }

    @Test
    void timesNameTheirZone() {
        browser.emulate("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Kolkata"));
        try {
            browser.open(situation.page());
            assertThat(browser.text("#zone")).isEqualTo("Times are in Asia/Calcutta, UTC+05:30.");
            browser.driver().get(situation.page("?operation=" + failedId));
            browser.await(
                    "the call", () -> "ready".equals(browser.find("#detail").getDomAttribute("data-state")));
            assertThat(browser.text("#detail header"))
                    .containsPattern("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} UTC\\+05:30");
        } finally {
            browser.emulate("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
        }
    }
}
