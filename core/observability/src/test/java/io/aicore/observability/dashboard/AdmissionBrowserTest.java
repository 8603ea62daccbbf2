package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.RateLimitedException;
import io.aicore.observability.metrics.ScriptedCalls;
import io.aicore.retry.RetrySettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What holds calls back is shown as lanes, in a program whose calls are held back. */
class AdmissionBrowserTest extends BrowserTest {

    @TempDir
    static Path directory;

    @Test
    void aClosedGateIsALaneWithItsQueue() {
        try (Situation program = Situation.empty(directory, dashboard -> dashboard)) {
            ScriptedCalls provider = ScriptedCalls.named(
                    "mistral",
                    Schedulers.parallel(),
                    RetrySettings.defaults().maxRetries(0),
                    config -> config.observer(program.collector()));
            provider.answers()
                    .fails(ScriptedCalls.rateLimited(Duration.ofSeconds(40)))
                    .answers();
            StepVerifier.create(provider.complete("one")).expectNextCount(1).verifyComplete();
            StepVerifier.create(provider.complete("two")).verifyError(RateLimitedException.class);
            Disposable held = provider.complete("three").subscribe();

            browser.open(program.page());
            assertThat(browser.find("#admission").isDisplayed()).isTrue();
            assertThat(browser.text("#admission .admissions"))
                    .contains(
                            "mistral https://llm.example:8443/v1",
                            "0 of 10K in flight, 1 waiting",
                            "budget for 5.2 retries");
            WebElement lane = browser.find("#admission .lane");
            assertThat(lane.getDomAttribute("data-state")).isEqualTo("held");
            assertThat(lane.getText()).contains("model-1", "held", "closed until", "1 waiting", "a second through");
            assertThat(browser.find("#admission .track").getDomAttribute("aria-label"))
                    .contains("model-1: closed until");
            assertThat(browser.find("#admission .segment.held").getSize().getWidth())
                    .isPositive();
            assertThat(browser.text("#admission")).doesNotContain("secret");
            browser.size(390, 900);
            fits();
            held.dispose();
            leave();
        }
    }

    @Test
    void aProgramWithoutCallsHasNoSuchSection() {
        try (Situation program = Situation.empty(directory, dashboard -> dashboard)) {
            browser.open(program.page());
            assertThat(browser.find("#admission").isDisplayed()).isFalse();
            leave();
        }
    }
}
