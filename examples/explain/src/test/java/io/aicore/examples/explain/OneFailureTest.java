package io.aicore.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A single failure, from the command line. */
class OneFailureTest {

    private static Run explain(String body, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--body";
        all[1] = "-";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Run.of(body, all);
    }

    @Test
    void tellsTheVerdictAndWhatTheClientWouldDo() {
        Run run = explain(
                "{\"error\":{\"message\":\"Slow down\",\"code\":\"rate_limit_exceeded\"}}",
                "--provider",
                "openai",
                "--status",
                "429",
                "--header",
                "Retry-After: 20");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("category +rate_limited\n")
                .containsPattern("retryable +yes\n")
                .containsPattern(
                        "why +status 429, code rate_limit_exceeded: .*stated wait: 20 s \\(header retry-after: 20\\)\n")
                .containsPattern("stated delay +20 s\n")
                .containsPattern("code +rate_limit_exceeded\n")
                .containsPattern("message +Slow down\n")
                .containsPattern("the client +tries again up to 3 times, first after 20 s to 2[12][.\\d]* s");
    }

    @Test
    void aProviderThatThereIsNotIsRefused() {
        Run run = explain("", "--provider", "opnai", "--status", "429");

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("--provider: 'opnai' (expected one of: anthropic, azure-openai, ");
    }

    @Test
    void withoutAStatedDelayTheClientWaitsItsOwn() {
        JsonNode client = explain("", "--status", "503", "--json").only().path("client");

        assertThat(client.path("action").asString()).isEqualTo("retry");
        assertThat(client.path("min_delay_ms").asLong()).isEqualTo(750);
        assertThat(client.path("max_delay_ms").asLong()).isBetween(1_249L, 1_250L);
        assertThat(client.path("max_retries").asInt()).isEqualTo(3);
    }

    @Test
    void aWaitOverTheClientsPatienceFailsAtOnce() {
        JsonNode line = explain("", "--status", "429", "--header", "retry-after: 600", "--json")
                .only();

        assertThat(line.path("retryable").booleanValue()).isTrue();
        assertThat(line.path("retry_after_ms").asLong()).isEqualTo(600_000);
        assertThat(line.path("client").path("action").asString()).isEqualTo("fail");
        assertThat(line.path("client").path("why").asString()).contains("600", "60");
    }

    @Test
    void whatCannotPassFailsAtOnceAndSaysWhy() {
        Run run = explain("{\"error\":{\"code\":\"invalid_api_key\"}}", "--status", "401");

        assertThat(run.out())
                .containsPattern("category +authentication\n")
                .containsPattern("retryable +no\n")
                .containsPattern("why +status 401, code invalid_api_key: the key is missing")
                .containsPattern("the client +fails at once: ");
    }

    @Test
    void datesAreReadRelativeToTheInstantGiven() {
        String[] arguments = {
            "--status", "429", "--header", "retry-after: Sun, 01 Mar 2026 12:00:30 GMT", "--json", "--now", ""
        };
        arguments[6] = "2026-03-01T12:00:10Z";

        assertThat(explain("", arguments).only().path("retry_after_ms").asLong())
                .isEqualTo(20_000);
        assertThat(Run.of("", "--status", "429", "--header", "retry-after: Sun, 01 Mar 2026 12:00:30 GMT", "--json")
                        .only()
                        .path("retry_after_ms")
                        .asLong())
                .isEqualTo(30_000);
    }

    @Test
    void theBodyMayBeAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("body"), "{\"error\":{\"message\":\"Insufficient Balance\"}}");

        assertThat(Run.of("", "--status", "402", "--json", "--body", file.toString())
                        .only()
                        .path("category")
                        .asString())
                .isEqualTo("billing");
    }

    @Test
    void anErrorInAStreamIsJudgedAsIfItHadItsOwnStatus() {
        String events = """
                : ping

                event: delta
                data: {"choices":[{"delta":{"content":"error"}}]}

                event: error
                data: {"type":"error",
                data: "error":{"type":"overloaded_error"}}
                """;

        JsonNode line = explain(events, "--status", "200", "--phase", "stream", "--json")
                .only();

        assertThat(line.path("category").asString()).isEqualTo("overloaded");
        assertThat(line.path("status").asInt()).isEqualTo(503);
    }
}
