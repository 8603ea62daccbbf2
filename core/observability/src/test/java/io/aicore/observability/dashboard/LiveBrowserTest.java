package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.observability.Stored;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The page follows the database: new calls, no calls, no database. */
class LiveBrowserTest extends BrowserTest {

    @TempDir
    static Path directory;

    @Test
    void aCallIsShownSoonAfterItWasRecorded() {
        try (Situation live = Situation.empty(directory, dashboard -> dashboard)) {
            live.call("openai", "first");
            live.collector().flush().block(Situation.PATIENCE);
            browser.open(live.page());
            awaitCalls(1);
            browser.await(
                    "it is live", () -> "live".equals(browser.find("#live").getDomAttribute("data-state")));

            long recorded = System.nanoTime();
            live.call("openai", "second-model");
            browser.await("the call", () -> tile("calls").equals("2"));
            Duration took = Duration.ofNanos(System.nanoTime() - recorded);
            browser.awaitShown();
            assertThat(browser.text("#operations tbody tr")).contains("second-model");
            assertThat(browser.text("#circuits")).contains("openai second-model", "this process", "closed");
            // What the machine needs is told and not asserted; what we wait for leaves it time within two seconds.
            System.out.println("a call was shown " + took.toMillis() + " ms after it was recorded");
            assertThat(Stored.GATHERED.plus(ChangeNotifier.PERIOD).plus(pauseOfThePage()))
                    .isLessThan(Duration.ofMillis(1_500));

            // Another process, another provider: the list of the filter knows it too.
            live.write(new Samples(Instant.now(), Duration.ofSeconds(5))
                    .calls(50).stream()
                            .filter(call -> call.provider().equals("mistral"))
                            .limit(1)
                            .toList());
            awaitCalls(3);
            browser.await("the name", () -> browser.text("#filter-provider").contains("mistral"));
        }
    }

    private static Duration pauseOfThePage() {
        Matcher pause = Pattern.compile("const PAUSE = (\\d+);")
                .matcher(new String(Assets.load().of("app.js").content(), StandardCharsets.UTF_8));
        assertThat(pause.find()).isTrue();
        return Duration.ofMillis(Long.parseLong(pause.group(1)));
    }

    @Test
    void emptinessIsSaidAndEndsByItself() {
        try (Situation empty = Situation.empty(directory, dashboard -> dashboard)) {
            browser.open(empty.page());
            assertThat(browser.find("#overview").getDomAttribute("data-state")).isEqualTo("empty");
            assertThat(browser.text("#empty")).contains("No calls in the last hour.");
            assertThat(browser.text("#operations")).contains("No calls");
            assertThat(browser.text("#circuits")).contains("No circuit");
            empty.call("openai", "gpt");
            awaitCalls(1);
            assertThat(browser.find("#empty").isDisplayed()).isFalse();
            leave();
        }
    }

    @Test
    void aDatabaseThatIsAwayIsSaid() {
        DisposableServer closed = HttpServer.create().host("127.0.0.1").bindNow();
        closed.disposeNow();
        try (Situation away = Situation.at("r2dbc:postgresql://me@127.0.0.1:" + closed.port() + "/db")) {
            browser.driver().get(away.page());
            browser.await("the notice", () -> browser.find("#notice").isDisplayed());
            assertThat(browser.text("#notice")).contains("cannot be read", "database");
            assertThat(browser.find("#overview").getDomAttribute("data-state")).isEqualTo("error");
            for (String place : List.of("#circuits", "#groups", "#operations", "#chart-traffic", "#chart-cost")) {
                assertThat(browser.text(place)).as(place).contains("the database does not answer");
            }
            browser.await("the status", () -> browser.text("#live").contains("Database away"));
            assertThat(complaintsButStatus(503)).isEmpty();
            leave();
            assertThat(complaintsButStatus(503)).isEmpty();
        }
    }
}
