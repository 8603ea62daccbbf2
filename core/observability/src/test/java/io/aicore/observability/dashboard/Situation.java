package io.aicore.observability.dashboard;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallRequest;
import io.aicore.observability.CircuitChange;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.Stored;
import io.aicore.testkit.CallEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.netty.DisposableServer;
import reactor.util.context.Context;

/** A database with records, a collector on it, and the dashboard on a free port of loopback. */
final class Situation implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String url;
    private final LlmOperationCollector collector;
    private final DisposableServer server;

    private Situation(String url, UnaryOperator<ObservabilityDashboard> settings) {
        this.url = url;
        this.collector = LlmOperationCollector.builder()
                .url(url)
                .closeTimeout(Duration.ofMillis(100))
                .build();
        this.server = settings.apply(ObservabilityDashboard.create(collector))
                .start(0)
                .block(PATIENCE);
    }

    /** With these records, in an H2 file of this directory. */
    static Situation with(Path directory, List<LlmOperation> calls, List<CircuitChange> changes) {
        String url = url(directory);
        Stored.in(url, calls, changes);
        return new Situation(url, dashboard -> dashboard);
    }

    /** With an empty database. */
    static Situation empty(Path directory, UnaryOperator<ObservabilityDashboard> settings) {
        return new Situation(url(directory), settings);
    }

    /** With the database at this address. */
    static Situation at(String url) {
        return new Situation(url, dashboard -> dashboard);
    }

    static String url(Path directory) {
        return "r2dbc:h2:file:///" + directory.resolve(UUID.randomUUID().toString());
    }

    /** The page's address. */
    String page() {
        return page("");
    }

    String page(String query) {
        return "http://127.0.0.1:" + server.port() + "/" + query;
    }

    LlmOperationCollector collector() {
        return collector;
    }

    DisposableServer server() {
        return server;
    }

    /** Writes as another process would. */
    void write(List<LlmOperation> calls) {
        Stored.in(url, calls, List.of());
    }

    /** A call of this program that ends now, as a provider would report it. */
    void call(String provider, String model) {
        CompletionRequest request =
                CompletionRequest.of("Hello").toBuilder().model(model).build();
        collector
                .begin(
                        CallEvents.start(
                                provider,
                                "api.example:443",
                                CallRequest.of(CallKind.COMPLETE, request),
                                CircuitBreaker.of(provider + " " + model, CircuitSettings.defaults())),
                        Context.empty())
                .ended(CallEvents.end(CallOutcome.SUCCESS, Duration.ofMillis(420), null, null));
    }

    @Override
    public void close() {
        server.disposeNow(PATIENCE);
        collector.closeLater().block(PATIENCE);
    }
}
