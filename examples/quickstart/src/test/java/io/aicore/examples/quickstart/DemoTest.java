package io.aicore.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.OperationFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a newcomer without a key sees. */
@Execution(ExecutionMode.CONCURRENT)
class DemoTest {

    private static final String ESCAPE = "\u001b";

    @Test
    void showsEachAttemptItsWaitTheCircuitAndTheAnswer() {
        Run run = Run.of(Map.of(), List.of(Run.PROMPT));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsSubsequence(
                        "No key in the environment",
                        "circuit",
                        "closed",
                        "attempt 1",
                        "rate limited (429)",
                        "server asked for 1 s",
                        "attempt 2",
                        "(503)",
                        "backoff",
                        "attempt 3",
                        "connection after",
                        "attempt 4",
                        "You asked \"" + Run.PROMPT + "\".",
                        "4 attempts in",
                        "tokens",
                        "closed")
                .doesNotContain(ESCAPE)
                .doesNotContain("\r");
    }

    @Test
    void theCallIsRecordedWithItsAttempts(@TempDir Path directory) {
        String file = directory.resolve("calls").toString();

        Run run = Run.of(Map.of("LLM_RETRY_INITIAL_DELAY", "0.01"), List.of("--json", "--record", file, Run.PROMPT));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        LlmOperationCollector collector = LlmOperationCollector.at(file);
        List<LlmOperation> calls = collector
                .operations(OperationFilter.ALL)
                .concatMap(call -> collector.operation(call.id()))
                .collectList()
                .block(Duration.ofMinutes(3));
        collector.closeLater().block(Duration.ofMinutes(3));
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.retries()).isEqualTo(3);
            assertThat(call.attempts()).hasSize(4);
        });
    }

    @Test
    void streamsToJson() {
        Run run = Run.of(Map.of(), List.of("--json", "--stream", Run.PROMPT));

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines("failure"))
                .extracting(line -> line.path("category").asString())
                .hasSize(3)
                .startsWith("rate_limited", "overloaded");
        assertThat(run.lines("retry")).hasSize(3);
        assertThat(run.last().path("attempts").asInt()).isEqualTo(4);
        assertThat(run.last().path("text").asString()).contains(Run.PROMPT);
        String streamed = run.lines("chunk").stream()
                .map(line -> line.path("text").asString())
                .reduce("", String::concat);
        assertThat(streamed).isEqualTo(run.last().path("text").asString());
    }

    @Test
    void respectsTheRetrySettingsOfTheEnvironment() {
        Run run = Run.of(Map.of("LLM_MAX_RETRIES", "0"), List.of("--json"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.types()).containsExactly("attempt", "failure", "error");
        assertThat(run.last().path("reason").asString()).isEqualTo("RETRIES_EXHAUSTED");
    }

    @Test
    void coloursAndCountsDownOnATerminal() {
        Run run = Run.of(Map.of("LLM_MAX_RETRIES", "1"), List.of(), new Terminal(true, true));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains(ESCAPE + "[31m", "next attempt in 0.");
    }

    @Test
    void countsDownWithoutColoursWhereNoneAreWanted() {
        Run run = Run.of(Map.of("LLM_MAX_RETRIES", "1"), List.of(), new Terminal(true, false));

        assertThat(run.out()).contains("next attempt in 0.").doesNotContain(ESCAPE + "[31m");
    }
}
