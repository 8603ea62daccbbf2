package io.aicore.observability.dashboard;

import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.openqa.selenium.OutputType;
import reactor.netty.DisposableServer;

/** Makes the screenshots of the README again: the argument is the directory. */
final class Screenshots {

    private final Browser browser;
    private final Path directory;

    private Screenshots(Browser browser, Path directory) {
        this.browser = browser;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        Path data = Files.createTempDirectory("aicore-screenshots");
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        String url = "r2dbc:h2:file:///" + data.resolve("sample");
        Samples samples = new Samples(Instant.now(), Duration.ofHours(1));
        Stored.in(url, samples.calls(4_000), samples.circuits());
        LlmOperationCollector collector = LlmOperationCollector.at(url);
        DisposableServer server =
                ObservabilityDashboard.create(collector).start(0).block();
        try (Browser browser = Browser.start()) {
            new Screenshots(browser, directory).take("http://127.0.0.1:" + server.port() + "/");
        } finally {
            server.disposeNow();
            collector.closeLater().block();
        }
    }

    private void take(String page) throws IOException {
        browser.size(1280, 1700);
        browser.open(page);
        live();
        shoot("dashboard-light");
        browser.dark(true);
        shoot("dashboard-dark");
        browser.dark(false);
        browser.open(page + "?outcome=error");
        String failed = browser.find("#operations tbody a").getDomAttribute("href");
        browser.size(1200, 860);
        browser.driver().get(page + failed);
        browser.await("the call", () -> "ready".equals(browser.find("#detail").getDomAttribute("data-state")));
        shoot("dashboard-call");
        browser.size(375, 1400);
        browser.open(page);
        live();
        shoot("dashboard-phone");
    }

    private void live() {
        browser.await("it is live", () -> "live".equals(browser.find("#live").getDomAttribute("data-state")));
    }

    private void shoot(String name) throws IOException {
        // Two frames: charts are drawn again at the end of the one that changed them.
        browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
        Files.write(directory.resolve(name + ".png"), browser.driver().getScreenshotAs(OutputType.BYTES));
    }
}
