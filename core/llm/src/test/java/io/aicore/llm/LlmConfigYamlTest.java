package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LlmConfigYamlTest {

    @TempDir
    Path directory;

    @Test
    void readsTheSeedsShape() {
        LlmConfig config = read("""
                # the seed's own keys, and what it lacked
                provider: openai
                api_key: ${OPENAI_API_KEY}
                model: gpt-4
                base_url: https://proxy.example/v1
                temperature: 0.2
                max_tokens: 500
                deadline: 120
                connect_timeout: 5
                retry_settings: {max_attempts: 5, initial_delay: 1.5, max_delay: 15.0, backoff_factor: 2.0, jitter: full}
                circuit_settings: {failure_rate: 0.75}
                http_settings: {max_connections: 100, proxy: 'http://host:8080'}
                headers: {X-Title: demo}
                options: {api_version: 2024-10-21, beta: true, revision: 0x1F}
                """, Map.of("OPENAI_API_KEY", "sk-1"));

        assertThat(config.apiKey()).isEqualTo(Secret.of("sk-1"));
        assertThat(config.baseUrl()).isEqualTo(URI.create("https://proxy.example/v1"));
        assertThat(config.retrySettings().maxRetries()).isEqualTo(5);
        assertThat(config.retrySettings().maxDelay()).hasSeconds(15);
        assertThat(config.retrySettings().deadline()).hasSeconds(120);
        assertThat(config.circuitSettings().failureRate()).isEqualTo(0.75);
        assertThat(config.httpSettings().proxy()).hasToString("ProxySettings[host:8080]");
        assertThat(config.headers()).containsExactly(Map.entry("X-Title", "demo"));
        assertThat(config.options()).isEqualTo(Map.of("api_version", "2024-10-21", "beta", "true", "revision", "0x1F"));
    }

    @ParameterizedTest
    @EnumSource
    void readsTheKeyPlainQuotedFromTheEnvironmentAndBelowLlm(SettingTable row) {
        String indented = row.yaml(row.text).indent(2);

        assertThat(row.isIn(read(row.yaml(row.text), Map.of()))).isTrue();
        assertThat(row.isIn(read(row.yaml("\"" + row.text + "\""), Map.of()))).isTrue();
        assertThat(row.isIn(read(row.yaml("${V}"), Map.of("V", row.text)))).isTrue();
        assertThat(row.isIn(read(row.yaml("${V:-" + row.text + "}"), Map.of()))).isTrue();
        assertThat(row.isIn(read("llm:\n" + indented, Map.of()))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyWithoutValueIsAsIfAbsent(SettingTable row) {
        assertThat(row.isIn(read(row.yaml(""), Map.of()))).isFalse();
        assertThat(row.isIn(read(row.yaml("~"), Map.of()))).isFalse();
        assertThat(row.isIn(read(row.yaml("''"), Map.of()))).isFalse();
        assertThat(row.isIn(read(row.yaml("${V:-}"), Map.of()))).isFalse();
    }

    @Test
    void anEmptyFileSetsNothing() {
        assertThat(read("", Map.of())).hasToString(LlmConfig.builder().build().toString());
        assertThat(read("# nothing\n", Map.of()).provider()).isEqualTo("openai");
    }

    @Test
    void bothWordsForTheNumberOfRetriesAreTakenButNotTogether() {
        assertThat(read("retry_settings: {max_retries: 7}", Map.of())
                        .retrySettings()
                        .maxRetries())
                .isEqualTo(7);
        refused(
                "retry_settings: {max_attempts: 7, max_retries: 7}",
                "c.yaml: retry_settings.max_retries: beside c.yaml: retry_settings.max_attempts (expected: one of the two)");
    }

    @Test
    void besidesLlmOtherProgramsKeysMayStand() {
        assertThat(read("server: {port: 80}\nllm: {model: m}\n", Map.of()).model())
                .isEqualTo("m");
        refused("model: a\nllm: {model: m}\n", "c.yaml: model: beside llm (expected: below llm, as llm.model)");
        refused("llm: 5", "c.yaml: llm: a single value (expected: settings below it)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry_settings: {max_attempts: x} | retry_settings.max_attempts: 'x' (expected: a whole number >= 0)",
                "max_tokens: 1.5 | max_tokens: 1.5 (expected: a whole number >= 1)",
                "max_tokens: [1] | line 1, column 13 (expected: a text, a number or true or false)",
                "max_tokens: {a: 1} | max_tokens: several values (expected: a single value)",
                "retry_settings: 5 | retry_settings: a single value (expected: keys below it)",
                "headers: {a b: c} | headers.a b: 'a b' (expected: a header name)",
                "modle: x | modle: unknown (did you mean model?)",
                "retrySettings: {a: 1} | retrySettings: unknown (did you mean retry_settings?)",
                "retry_settings: {max_atempts: 1} | retry_settings.max_atempts: unknown (did you mean retry_settings.max_attempts?)",
                "max_attempts: 3 | max_attempts: unknown (did you mean retry_settings.max_attempts?)",
                "llm: {modle: x} | llm.modle: unknown (did you mean llm.model?)",
                "- a | line 1, column 1 (expected: a mapping of keys to values)",
                "just text | line 1, column 1 (expected: a mapping of keys to values)",
            })
    void aWrongValueOrKeyNamesItsPath(String yaml, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(yaml, Map.of()))
                .withMessageStartingWith("c.yaml: ")
                .withMessageEndingWith(message)
                .withNoCause();
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        refused("model: a\nmodel: b\n", "c.yaml: model: line 2, column 1 (expected: this key once)");
    }

    @Test
    void aliasesAndFurtherDocumentsAreRefused() {
        refused(
                "model: &m a\nprovider: *m\n",
                "c.yaml: provider: line 2, column 11 (expected: a text, a number or true or false)");
        refused("model: a\n---\nmodel: b\n", "c.yaml: line 3, column 1 (expected: one document)");
    }

    @Test
    void aFileThatIsNoYamlIsRefusedByLineAndColumnWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("model: x\napi_key: sk-secret: [\n", Map.of()))
                .withMessageStartingWith("c.yaml: line 2, column 19: not YAML (expected: ")
                .withMessageNotContaining("sk-secret")
                .withNoCause();
    }

    @Test
    void aMissingVariableIsNamedWithItsPath() {
        refused("api_key: sk-${KEY}", "c.yaml: api_key: ${KEY} (expected: the variable KEY set, or ${KEY:-default})");
        refused(
                "options: {a: '${ nope}'}",
                "c.yaml: options.a: '${' (expected: ${VARIABLE} or ${VARIABLE:-default}, and $${ for ${ itself)");
    }

    @Test
    void variablesStandAnywhereInAValueAndCanBeEscaped() {
        LlmConfig config = read(
                "options: {a: 'x${A}y${B:-b}${E:-}$', b: '$${A} ${A}', c: '${A:-$}'}", Map.of("A", "$1\\", "E", ""));

        assertThat(config.options()).isEqualTo(Map.of("a", "x$1\\yb$", "b", "${A} $1\\", "c", "$1\\"));
    }

    @Test
    void aWrongValueOutOfVariablesIsShownAsWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("max_tokens: ${KEY}", Map.of("KEY", "sk-secret")))
                .withMessage("c.yaml: max_tokens: '${KEY}' (expected: a whole number >= 1)");
    }

    @Test
    void readsAFileWithTheEnvironmentLaidOverIt() throws IOException {
        Path file = Files.writeString(directory.resolve("llm.yaml"), "\uFEFFmodel: file\nidle_timeout: 7\n");

        LlmConfig config = LlmConfig.fromYaml(file, Map.of("LLM_MODEL", "environment"));

        assertThat(config.model()).isEqualTo("environment");
        assertThat(config.timeouts().idle()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        fileRefused(missing, missing + ": no such file (expected: a YAML file)");
        fileRefused(directory, directory + ": not readable (expected: a YAML file)");

        Path large = Files.write(directory.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        fileRefused(large, large + ": over 1 MiB (expected: a smaller file)");

        Path latin = Files.write(directory.resolve("latin.yaml"), "model: é".getBytes(StandardCharsets.ISO_8859_1));
        fileRefused(latin, latin + ": not UTF-8 (expected: a YAML file in UTF-8)");
    }

    private static void fileRefused(Path file, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmConfig.fromYaml(file, Map.of()))
                .withMessage(message);
    }

    private static void refused(String yaml, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(yaml, Map.of()))
                .withMessage(message);
    }

    private static LlmConfig read(String yaml, Map<String, String> variables) {
        return LlmConfig.builder().fromYaml("c.yaml", yaml, variables).build();
    }
}
