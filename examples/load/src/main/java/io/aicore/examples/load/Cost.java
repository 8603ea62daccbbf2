package io.aicore.examples.load;

import io.aicore.examples.load.Comparison.Extent;
import io.aicore.examples.server.DemoServer;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.http.TlsSettings;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.retry.Jitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * What recording costs: the processor time of this process for the same calls without a collector, with one whose database is
 * away, and with one that writes, in turns in one run. The provider is a process of its own, speaks TLS and fails every tenth
 * request.
 *
 * <pre>
 * mvn -q -pl examples/load -am -DskipTests -Prun -Drun.main=io.aicore.examples.load.Cost package
 * </pre>
 *
 * The argument is the R2DBC URL or the file of a database; by default a file in the directory for temporary files.
 */
public final class Cost {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final CompletionRequest SHORT = CompletionRequest.of("Say it again. ".repeat(150));
    private static final CompletionRequest LONG = CompletionRequest.of("Say it again, " + TalkingProvider.AT_LENGTH);

    private final String baseUrl;
    private final LlmOperationCollector alone;
    private final LlmOperationCollector collector;

    private Cost(String baseUrl, LlmOperationCollector alone, LlmOperationCollector collector) {
        this.baseUrl = baseUrl;
        this.alone = alone;
        this.collector = collector;
    }

    public static void main(String... args) throws IOException {
        try (TemporaryDirectory directory = TemporaryDirectory.named("aicore-cost")) {
            String url = args.length > 0
                    ? args[0]
                    : directory.path().resolve("records").toString();
            // Below a file there is no directory.
            Path nowhere = Files.createFile(directory.path().resolve("file")).resolve("records");
            LlmOperationCollector collector = LlmOperationCollector.at(url);
            LlmOperationCollector alone = LlmOperationCollector.builder()
                    .url(nowhere.toString())
                    .closeTimeout(Duration.ofMillis(1))
                    .build();
            try {
                compare(alone, collector);
            } finally {
                alone.closeLater().block(PATIENCE);
                collector.closeLater().block(PATIENCE);
            }
        }
        System.exit(0);
    }

    private static void compare(LlmOperationCollector alone, LlmOperationCollector collector) throws IOException {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TalkingProvider.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
            String baseUrl = said.readLine();
            WarmUp.records(collector, 300_000);
            Cost cost = new Cost(baseUrl, alone, collector);
            System.out.println(cost.of("answers as a whole", Cost::complete, new Extent(18, 10_000)));
            System.out.println(cost.of("streams of 200 tokens", Cost::stream, new Extent(18, 1_000)));
            System.out.println(cost.of("streams of 1,000 tokens", Cost::longStream, new Extent(18, 200)));
            System.out.println(collector.written() + " calls recorded, " + collector.dropped() + " dropped");
        } finally {
            server.destroy();
        }
    }

    private Comparison of(String what, Comparison.Kind kind, Extent extent) {
        LlmProvider plain = Llm.from(settings().build());
        LlmProvider collected = Llm.from(settings().observer(alone).build());
        LlmProvider recorded = Llm.from(settings().observer(collector).build());
        try {
            return Comparison.of(
                    what,
                    Comparison.round(plain, kind, extent.calls(), Mono.empty()),
                    Comparison.round(collected, kind, extent.calls(), Mono.empty()),
                    Comparison.round(recorded, kind, extent.calls(), collector.flush()),
                    extent);
        } finally {
            plain.dispose();
            collected.dispose();
            recorded.dispose();
        }
    }

    private static Mono<Void> complete(LlmProvider llm) {
        return llm.complete(SHORT).then();
    }

    private static Mono<Void> stream(LlmProvider llm) {
        return llm.stream(SHORT).then();
    }

    private static Mono<Void> longStream(LlmProvider llm) {
        return llm.stream(LONG).then();
    }

    private LlmConfigBuilder settings() {
        return LlmConfig.builder()
                .provider("openai")
                .baseUrl(baseUrl)
                .httpSettings(http -> http.tls(TlsSettings.insecureForTests()))
                .apiKey("none")
                .model(DemoServer.MODEL)
                .retrySettings(retry -> retry.maxRetries(20)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .jitter(Jitter.none()))
                // A part of all calls fails on purpose: each of them is to be retried.
                .retryBudget(RetryBudget.unlimited())
                .circuitSettings(circuit -> circuit.enabled(false));
    }
}
