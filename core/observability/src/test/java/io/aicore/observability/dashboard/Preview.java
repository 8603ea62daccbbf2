package io.aicore.observability.dashboard;

import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.Stored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import reactor.netty.DisposableServer;

/** Serves the dashboard with sample calls, to look at while working on it: the argument is the port. */
final class Preview {

    private Preview() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("aicore-preview");
        String url = "r2dbc:h2:file:///" + directory.resolve("preview");
        Samples samples = new Samples(Instant.now(), Duration.ofHours(1));
        Stored.in(url, samples.calls(4_000), samples.circuits());
        LlmOperationCollector collector = LlmOperationCollector.at(url);
        DisposableServer server = ObservabilityDashboard.create(collector)
                .start(Integer.parseInt(arguments[0]))
                .block();
        System.out.println("http://127.0.0.1:" + server.port() + "/");
        server.onDispose().block();
    }
}
