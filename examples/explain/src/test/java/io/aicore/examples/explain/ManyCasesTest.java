package io.aicore.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Cases, one JSON object a line. */
class ManyCasesTest {

    private static String expecting(String id, int status, String headers, String expected, String tags) {
        return "{\"id\":\"" + id + "\",\"status\":" + status + ",\"headers\":" + headers + ",\"expected\":" + expected
                + ",\"tags\":" + tags + "}\n";
    }

    private static String expected(String category, boolean retryable, Integer delay, String also) {
        return "{\"category\":\"" + category + "\",\"retryable\":" + retryable + ",\"retry_after_ms\":" + delay
                + ",\"also_ok\":" + also + "}";
    }

    private static Run score(String cases, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "--jsonl";
        arguments[1] = "-";
        arguments[2] = "--score";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Run.of(cases, arguments);
    }

    private static final String RIGHT =
            expecting("right", 503, "{\"retry-after\":\"2\"}", expected("overloaded", true, 2001, "{}"), "[]");
    private static final String ACCEPTED = expecting(
            "accepted",
            503,
            "{}",
            expected(
                    "timeout",
                    false,
                    5,
                    "{\"category\":[\"overloaded\"],\"retryable\":[true],\"retry_after_ms\":[null]}"),
            "[\"nasty\"]");
    private static final String WRONG =
            expecting("wrong", 404, "{}", expected("timeout", true, 7, "{}"), "[\"x\",\"nasty\"]");

    @Test
    void eachGetsOneLineInTheirOrder() {
        String first =
                "{\"id\":\"b\",\"provider\":\"nobody\",\"status\":429,\"headers\":{\"retry-after\":3},\"surprise\":[1]}";
        String second =
                "{\"id\":\"a\",\"status\":200,\"phase\":\"stream\",\"body\":\"data: {\\\"error\\\":{\\\"code\\\":400}}\"}";

        Run run = Run.of(String.join("\n", first, "", second), "--jsonl", "-");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        List<JsonNode> lines = run.lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).propertyNames())
                .containsExactly("id", "category", "retryable", "retry_after_ms", "why");
        assertThat(lines.get(0).path("id").asString()).isEqualTo("b");
        assertThat(lines.get(0).path("category").asString()).isEqualTo("rate_limited");
        assertThat(lines.get(0).path("retry_after_ms").asLong()).isEqualTo(3_000);
        assertThat(lines.get(1).path("id").asString()).isEqualTo("a");
        assertThat(lines.get(1).path("retryable").booleanValue()).isFalse();
        assertThat(lines.get(1).path("retry_after_ms").isNull()).isTrue();
    }

    @Test
    void scoresAreCountedByFieldAndForTheNastyOnes() {
        Run run = score(RIGHT + ACCEPTED + WRONG);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^retryable +66[.]67 % [(]2 of 3[)]$")
                .containsPattern("(?m)^retry_after_ms +50[.]00 % [(]1 of 2[)]$")
                .containsPattern("(?m)^category +66[.]67 % [(]2 of 3[)]$")
                .containsPattern("(?m)^nasty retryable +50[.]00 % [(]1 of 2[)]$")
                .containsPattern("(?m)^nasty retry_after_ms +0[.]00 % [(]0 of 1[)]$")
                .containsPattern("(?m)^nasty category +50[.]00 % [(]1 of 2[)]$");
    }

    @Test
    void everyMissIsNamed() {
        Run run = score(RIGHT + WRONG);

        assertThat(run.out().lines().filter(line -> line.startsWith("miss ")))
                .containsExactly(
                        "miss wrong: retryable: got false, expected true",
                        "miss wrong: retry_after_ms: got null, expected 7",
                        "miss wrong: category: got not_found, expected timeout");
    }

    @Test
    void casesThatExpectNothingDoNotCount() {
        assertThat(score(RIGHT + "{\"status\":500}\n").out())
                .contains("(1 of 1)")
                .doesNotContain("of 2");
    }

    @ParameterizedTest
    @CsvSource({
        "--min-retryable, 66, 0", "--min-retryable, 67, 3",
        "--min-delay, 50, 0", "--min-delay, 50.1, 3",
        "--min-category, 66.6, 0", "--min-category, 100, 3",
        "--min-nasty-retryable, 50, 0", "--min-nasty-retryable, 51, 3",
        "--min-nasty-delay, 0, 0", "--min-nasty-delay, 1, 3",
        "--min-nasty-category, 50, 0", "--min-nasty-category, 51, 3"
    })
    void anAccuracyBelowItsThresholdExitsWithThree(String option, String percent, int exitCode) {
        Run run = score(RIGHT + ACCEPTED + WRONG, option, percent);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out().contains("below the threshold")).isEqualTo(exitCode == 3);
    }

    @Test
    void aThresholdThatNothingIsComparedWithIsAnError() {
        Run run = score(RIGHT, "--min-nasty-delay", "10");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nasty retry_after_ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":",
                "[]",
                "{}",
                "{\"status\":\"429\"}",
                "{\"status\":42}",
                "{\"status\":429,\"now\":\"yesterday\"}",
                "{\"status\":429,\"phase\":\"later\"}",
                "{\"status\":429,\"body\":{}}",
                "{\"status\":429,\"headers\":[]}",
                "{\"status\":429,\"expected\":{\"category\":\"strange\",\"retryable\":true}}",
                "{\"status\":429,\"expected\":{\"category\":\"timeout\"}}"
            })
    void aLineThatCannotBeReadIsNamed(String line) {
        Run run = Run.of("{\"status\":500}\n\n" + line + "\n", "--jsonl", "-");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lines()).hasSize(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("line 3").doesNotContain("Exception");
    }

    @Test
    void aFileIsReadToo(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("cases"), RIGHT);

        assertThat(Run.of("", "--jsonl", file.toString()).lines()).hasSize(1);
    }
}
