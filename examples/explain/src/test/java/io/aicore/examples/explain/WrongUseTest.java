package io.aicore.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong arguments: exit code 2, one helpful line, nothing else. */
class WrongUseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--provider openai",
                "--status many",
                "--status 7",
                "--status 429 --strange",
                "--status 429 --jsonl -",
                "--status 429 --header nocolon",
                "--status 429 --phase later",
                "--status 429 --now yesterday",
                "--status 429 --body /nowhere/body",
                "--status 429 --score",
                "--jsonl /nowhere/cases",
                "--jsonl - --body -",
                "--jsonl - --min-delay 90",
                "--jsonl - --score --min-delay 101",
                "--jsonl - --score --min-delay high"
            })
    void isToldInOneLine(String arguments) {
        Run run = Run.of("", arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("explain: ").doesNotContain("Exception");
    }

    @Test
    void helpIsNoError() {
        Run run = Run.of("", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("--status", "--jsonl", "--score", "--min-nasty-category");
    }
}
