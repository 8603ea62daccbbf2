package io.aicore.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar as a newcomer runs it: its own process, little memory, this JDK. */
@Execution(ExecutionMode.CONCURRENT)
class PackagedJarIT {

    /** Shared by the processes that wait without a limit of their own; had alone by the one that must end within its second. */
    private static final String PROCESSORS = "processors";

    @TempDir
    Path directory;

    @Test
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void theDemoAnswersAndNothingElseIsOnStandardError() throws Exception {
        Run run = run(Map.of(), "--stream", Run.PROMPT);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("attempt 4", Run.PROMPT, "4 attempts").doesNotContain("\u001b");
    }

    @Test
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void aSlowProviderIsWaitedFor() throws Exception {
        try (DemoServer server = DemoServer.start(question -> question.number() == 1
                ? ChatReplies.error(429, "requests", "rate_limit_exceeded", "Slow down")
                        .header("retry-after", "1")
                : ChatReplies.answer("Gr\u00fc\u00dfe \u2713", 5, 4))) {
            Run run = run(Run.environment(server), "--json", Run.PROMPT);

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.types()).containsExactly("attempt", "failure", "retry", "attempt", "completion");
            assertThat(run.lines("retry").get(0).path("delay_ms").asLong()).isBetween(1000L, 1200L);
            assertThat(run.last().path("text").asString()).isEqualTo("Gr\u00fc\u00dfe \u2713");
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    @MethodSource("io.aicore.examples.quickstart.ProvidersTest#wires")
    void everyProviderIsInTheJar(Wire wire) throws Exception {
        try (DemoServer server = ProvidersTest.failingThreeTimes(wire, true, "0.1")) {
            Run run = run(Run.environment(server, "LLM_PROVIDER", wire.provider()), "--json", "--stream", Run.PROMPT);

            assertThat(run.err()).isEmpty();
            ProvidersTest.assertFourAttempts(wire, server, run);
        }
    }

    @Test
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void aWrongSettingExitsWithTwo() throws Exception {
        Run run = run(Map.of("LLM_MAX_RETRIES", "abc"), "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    @ResourceLock(PROCESSORS)
    void aTerminatedProcessHangsUp() throws Exception {
        try (SilentServer server = new SilentServer()) {
            Process process = start(
                    Run.variables(
                            "LLM_API_KEY",
                            Run.KEY,
                            "LLM_MODEL",
                            "m",
                            "LLM_BASE_URL",
                            server.baseUrl().toString()),
                    "--stream",
                    Run.PROMPT);
            try {
                server.awaitRequest();

                process.destroy();

                server.awaitHangUp();
                assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(directory.resolve("err"))).isEqualTo("cancelled\n");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, arguments);
        try {
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(
                process.exitValue(),
                Files.readString(directory.resolve("out"), UTF_8),
                Files.readString(directory.resolve("err"), UTF_8));
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("quickstart.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
