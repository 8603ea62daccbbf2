package io.aicore.examples.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmProvider;
import io.aicore.observability.LlmOperationCollector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises of records and metrics, of a call that is retried once over HTTP. */
class SeenTest {

    @Test
    void meanAndMaximumByProviderComeFromTheDatabaseAndTheMetersCountTheRetry(@TempDir Path directory) {
        String database = directory.resolve("calls").toString();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        LlmOperationCollector collector = LlmOperationCollector.at(database);
        try (DemoServer server = DemoServer.start(question -> question.number() == 1
                ? ChatReplies.error(503, "server_is_overloaded")
                : question.answer("Patience."))) {
            LlmProvider llm = Llm.from(Seen.observed(collector, ObservationRegistry.create(), meters)
                    .fromEnvironment(server.environment())
                    .retrySettings(retry -> retry.initialDelay(Duration.ofMillis(1)))
                    .build());
            llm.complete("Why wait?").block();
            llm.complete("Why wait?").block();
            llm.dispose();
        }
        collector.closeLater().block();

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Retries.print(database, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("openai: mean 0.5, maximum 1");
        assertThat(meters.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(2);
        assertThat(meters.get("gen_ai.client.operation.duration").timer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(meters.get("aicore.client.retries").counter().count()).isEqualTo(1);
    }
}
