package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is wrong beside it, and wherever it was said: a key is never shown. */
class LlmConfigSecrecyTest {

    @Property(tries = 100)
    void noMessageOfTheEnvironmentShowsAKey(
            @ForAll("keys") String key, @ForAll SettingTable row, @ForAll("texts") String text) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "LLM_API_KEY",
                key,
                "OPENAI_API_KEY",
                key,
                "LLM_OPTION_TOKEN",
                key,
                "LLM_PROXY",
                "http://u:" + key + "@p:1"));
        if (row != SettingTable.LLM_API_KEY && row != SettingTable.LLM_PROXY) {
            variables.put(row.variable, text);
        }

        assertThat(allThatIsSaid(() -> LlmConfig.fromEnvironment(variables))).doesNotContain(key);
    }

    @Property(tries = 100)
    void noMessageOfTheFileShowsAKey(
            @ForAll("keys") String key, @ForAll SettingTable row, @ForAll("texts") String text) {
        String yaml = "api_key: " + key + "\nheaders: {authorization: '" + key + "', x-a: '${K}'}\noptions: {token: '"
                + key + "'}\n" + (row == SettingTable.LLM_API_KEY ? "" : row.yaml(text));

        assertThat(allThatIsSaid(() -> parse(yaml, Map.of("K", key)))).doesNotContain(key);
    }

    @Property(tries = 100)
    void aKeyInAVariableIsNotShownEvenInTheWrongPlace(@ForAll("keys") String key, @ForAll SettingTable row) {
        LlmConfigBuilder builder = LlmConfig.builder();
        String said = allThatIsSaid(() ->
                builder.fromYaml("c.yaml", row.yaml("${K}"), Map.of("K", key)).build());

        if (row != SettingTable.LLM_MODEL && row != SettingTable.LLM_PROVIDER) {
            assertThat(said).doesNotContain(key);
        }
    }

    @Property(tries = 100)
    void aFileCutAnywhereIsNotQuoted(@ForAll("keys") String key, @ForAll("cuts") int cut) {
        String yaml =
                "model: m\nheaders: {a: \"" + key + "\"}\napi_key: '" + key + "'\nretry_settings: {max_attempts: 3}\n";

        assertThat(allThatIsSaid(() -> parse(yaml.substring(0, cut % yaml.length()), Map.of())))
                .doesNotContain(key);
    }

    @Property(tries = 100)
    void aKeyThatIsNoKeyIsNotShownEither(@ForAll("keys") String key, @ForAll("spoilers") String spoiler) {
        String spoilt = key + spoiler + key;

        assertThat(allThatIsSaid(() -> LlmConfig.fromEnvironment(Map.of("LLM_API_KEY", spoilt))))
                .contains("LLM_API_KEY: REDACTED")
                .doesNotContain(key);
        assertThat(allThatIsSaid(() -> LlmConfig.fromEnvironment(Map.of("OPENAI_API_KEY", spoilt))))
                .contains("OPENAI_API_KEY: REDACTED")
                .doesNotContain(key);
        assertThat(allThatIsSaid(() -> LlmConfig.builder().apiKey(spoilt)))
                .contains("apiKey: REDACTED")
                .doesNotContain(key);
        assertThat(allThatIsSaid(() -> LlmConfig.builder().header("a", key + "\n")))
                .contains("headers.a: REDACTED")
                .doesNotContain(key);
    }

    private static LlmConfig parse(String yaml, Map<String, String> variables) {
        return LlmConfig.builder().fromYaml("c.yaml", yaml, variables).build();
    }

    private interface Attempt {
        Object run();
    }

    /** What it prints as, or all of the stack trace with causes. */
    private static String allThatIsSaid(Attempt attempt) {
        StringWriter said = new StringWriter();
        Throwable failure = catchThrowable(() -> said.append(String.valueOf(attempt.run())));
        if (failure != null) {
            assertThat(failure).isInstanceOf(IllegalArgumentException.class);
            failure.printStackTrace(new PrintWriter(said, true));
        }
        return said.toString();
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .ofMinLength(12)
                .ofMaxLength(60)
                .map(text -> "sk-" + text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("x", "-1", "0", "1e99", "true", "http://a", "[", "{", "'", "a: b", "${NO}", "${", "7");
    }

    @Provide
    Arbitrary<String> spoilers() {
        return Arbitraries.of(" ", "\n", "é", "\u0000", "\t");
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(0, 1000);
    }
}
