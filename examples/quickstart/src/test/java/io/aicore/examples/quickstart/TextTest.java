package io.aicore.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads. */
class TextTest {

    @Test
    void aFailedCallTellsItsStoryOnStandardError() {
        try (DemoServer server =
                DemoServer.start(question -> ChatReplies.error(500, "server_error", "server_error", "Oops"))) {
            Run run = Run.against(server, List.of(Run.PROMPT), "LLM_MAX_RETRIES", "1");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .containsSubsequence(
                            "The call failed: openai scripted-1: server_error",
                            "RETRIES_EXHAUSTED",
                            "attempt 1: server error (500)",
                            "then waited",
                            "attempt 2: server error (500)")
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aBrokenStreamShowsWhatHadComeAndSaysSo() {
        try (DemoServer server = DemoServer.start(question ->
                Reply.events(ChatReplies.begun(List.of("Here", " you"))).thenCut())) {
            Run run = Run.against(server, List.of("--stream", Run.PROMPT));

            assertThat(run.out()).contains("Here you\n");
            assertThat(run.err()).contains("the answer broke off after 8 characters");
        }
    }

    @Test
    void aLongHintIsTold() {
        try (DemoServer server =
                DemoServer.start(question -> ChatReplies.error(429, "requests", "rate_limit_exceeded", "Slow down")
                        .header("retry-after", "600"))) {
            assertThat(Run.against(server, List.of(Run.PROMPT)).err()).contains("RETRY_AFTER_TOO_LONG", "600.00 s");
        }
    }

    @Test
    void anOpenCircuitIsTold() {
        try (DemoServer server = DemoServer.start(question -> question.number() <= 10
                ? ChatReplies.error(503, "server_error", "server_error", "Oops")
                : ChatReplies.answer("Here you are.", 5, 4))) {
            Run run = Run.against(
                    server,
                    List.of(Run.PROMPT),
                    "LLM_MAX_RETRIES",
                    "11",
                    "LLM_RETRY_BUDGET",
                    "false",
                    "LLM_RETRY_MAX_DELAY",
                    "0.01",
                    "LLM_CIRCUIT_OPEN_TIME",
                    "0.3");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsSubsequence("closed", "attempt 10", "open", "half open", "closed");
            assertThat(server.requests()).isEqualTo(11);
        }
    }

    @Test
    void theAnswerCannotSteerTheTerminal() {
        try (DemoServer server = DemoServer.start(question -> ChatReplies.answer("red\u001b[31m\u0007\nend", 5, 4))) {
            assertThat(Run.against(server, List.of(Run.PROMPT)).out()).contains("red[31m\nend");
        }
    }

    @Test
    void theConfigurationFileLeadsToTheProvider(@TempDir Path directory) throws IOException {
        try (DemoServer server = DemoServer.start(question -> question.number() == 1
                ? ChatReplies.error(500, "server_error", "server_error", "Oops")
                : ChatReplies.answer(question.body().contains("from-the-file") ? "Yes." : "No.", 5, 4))) {
            Path file = Files.writeString(
                    directory.resolve("llm.yaml"),
                    String.join(
                            "\n",
                            "provider: openai",
                            "api_key: ${A_KEY}",
                            "model: from-the-file",
                            "base_url: " + server.baseUrl(),
                            "retry_settings:",
                            "  max_attempts: 1",
                            "  initial_delay: 0.01",
                            ""));

            Run run = Run.of(Run.variables("A_KEY", Run.KEY), List.of("--config", file.toString(), Run.PROMPT));

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("Yes.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 429, 500})
    void keyAndQuestionAreNowhereInTheOutput(int status) {
        // A provider that quotes what it was sent.
        try (DemoServer server = DemoServer.start(question -> ChatReplies.error(
                status, "an_error", "an_error", "Wrong key " + Run.KEY + " for the prompt: " + Run.PROMPT))) {
            for (List<String> options : List.of(List.of(Run.PROMPT), List.of("--json", Run.PROMPT))) {
                Run run = Run.against(server, options, "LLM_MAX_RETRIES", "1");

                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.out() + run.err()).doesNotContain(Run.KEY).doesNotContain(Run.PROMPT);
            }
        }
    }

    @Test
    void severalWordsAreOneQuestion() {
        try (DemoServer server = DemoServer.start(
                question -> ChatReplies.answer(question.body().contains("\"why is that\"") ? "Yes." : "No.", 5, 4))) {
            assertThat(Run.against(server, List.of("why", "is", "that")).out()).contains("Yes.");
        }
    }

    @Test
    void aLongStreamArrivesInOrder() {
        List<String> tokens =
                IntStream.range(0, 2000).mapToObj(number -> number + " ").toList();
        try (DemoServer server = DemoServer.start(question -> ChatReplies.stream(tokens, 5))) {
            assertThat(Run.against(server, List.of("--stream", Run.PROMPT)).out())
                    .contains(String.join("", tokens));
        }
    }
}
