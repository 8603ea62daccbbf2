package io.aicore.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings and arguments: exit code 2, one helpful line, nothing else. */
class WrongUseTest {

    @ParameterizedTest
    @CsvSource({
        "LLM_MAX_RETRIES, abc",
        "LLM_MAX_RETRIES, -1",
        "LLM_RETRY_BACKOFF_FACTOR, 0.5",
        "LLM_RETRY_JITTER, wild",
        "LLM_DEADLINE, 0"
    })
    void aWrongSettingIsNamedWithItsValue(String variable, String value) {
        Run run = Run.of(Map.of(variable, value), List.of());

        assertOneLine(run).contains(variable).contains(value).contains("expected");
    }

    @ParameterizedTest
    @CsvSource({"LLM_MAX_RETRIES, abc", "LLM_RETRY_BACKOFF_FACTOR, 0.5"})
    void aWrongSettingKeepsJsonSilent(String variable, String value) {
        assertOneLine(Run.of(Map.of(variable, value), List.of("--json"))).contains(variable);
    }

    @Test
    void anUnknownOptionIsNamedWithItsNearest() {
        assertOneLine(Run.of(Map.of(), List.of("--strem", "hello")))
                .contains("--strem")
                .contains("--stream");
    }

    @Test
    void aMissingFileNameIsSaid() {
        assertOneLine(Run.of(Map.of(), List.of("--config"))).contains("--config");
    }

    @Test
    void aMissingFileIsNamed() {
        assertOneLine(Run.of(Map.of(), List.of("--config", "/nowhere/llm.yaml")))
                .contains("/nowhere/llm.yaml");
    }

    @Test
    void anUnknownKeyInTheFileIsNamedWithItsNearest(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("llm.yaml"), "provider: openai\nmodell: m\n");

        assertOneLine(Run.of(Map.of(), List.of("--config", file.toString())))
                .contains("modell")
                .contains("model");
    }

    @Test
    void anUnknownProviderIsNamedWithTheKnownOnes() {
        assertOneLine(Run.of(Run.variables("LLM_PROVIDER", "nobody"), List.of()))
                .contains("nobody")
                .contains("openai");
    }

    @Test
    void aMissingKeyIsSaid() {
        assertOneLine(Run.of(Run.variables("LLM_PROVIDER", "openai"), List.of()))
                .contains("API_KEY");
    }

    @Test
    void aMissingModelIsSaid() {
        assertOneLine(Run.of(Map.of("LLM_API_KEY", Run.KEY), List.of()))
                .contains("LLM_MODEL")
                .doesNotContain(Run.KEY);
    }

    @Test
    void anEmptyQuestionIsRefused() {
        assertOneLine(Run.of(Map.of(), List.of(" "))).contains("PROMPT");
    }

    @Test
    void helpIsNoError() {
        Run run = Run.of(Map.of("LLM_MAX_RETRIES", "abc"), List.of("--help"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--stream", "--config", "--json", "LLM_API_KEY");
        assertThat(run.err()).isEmpty();
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertOneLine(Run run) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).doesNotContain("Exception").doesNotContain("\tat ");
        return assertThat(run.err());
    }
}
