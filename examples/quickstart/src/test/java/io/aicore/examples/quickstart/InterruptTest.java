package io.aicore.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C. */
class InterruptTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--stream"})
    void closesTheConnection(String option) throws Exception {
        try (SilentServer server = new SilentServer()) {
            Main main = main(Run.variables(
                    "LLM_API_KEY",
                    Run.KEY,
                    "LLM_MODEL",
                    "m",
                    "LLM_BASE_URL",
                    server.baseUrl().toString()));
            CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> main.run(option, Run.PROMPT));
            server.awaitRequest();

            main.stop();

            server.awaitHangUp();
            assertThat(exitCode.get(3, TimeUnit.MINUTES)).isEqualTo(130);
        }
    }

    @Test
    void endsAWait() throws Exception {
        CompletableFuture<Void> refused = new CompletableFuture<>();
        try (DemoServer server = DemoServer.start(question -> {
            refused.complete(null);
            return ChatReplies.error(429, "requests", "rate_limit_exceeded", "Slow down")
                    .header("retry-after", "50");
        })) {
            Main main = main(Run.environment(server));
            CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> main.run(Run.PROMPT));
            refused.get(3, TimeUnit.MINUTES);

            main.stop();

            assertThat(exitCode.get(3, TimeUnit.MINUTES)).isEqualTo(130);
            assertThat(err.toString(UTF_8)).isEqualTo("cancelled\n");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    private Main main(Map<String, String> environment) {
        return new Main(
                environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Terminal.NONE);
    }
}
