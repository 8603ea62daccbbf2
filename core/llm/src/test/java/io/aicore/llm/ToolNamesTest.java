package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.ToolNames;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolNamesTest {

    private static final Set<String> TOOLS = Set.of("weather", "functions");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weather",
                " weather\n",
                "functions.weather",
                "functions.weather:0",
                "default_api.weather",
                "weather<|channel|>commentary",
                "weather<|tool_call_end|>",
                "functions.weather<|message|>{"
            })
    void theToolIsFound(String said) {
        assertThat(ToolNames.meant(said, TOOLS)).isEqualTo("weather");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Weather", "weather2", "evil.weather", "<|channel|>weather", "weather.now"})
    void anotherNameIsAnother(String said) {
        assertThat(ToolNames.meant(said, TOOLS)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a.b c, a_b_c", "'', unnamed", "ok-1_A, ok-1_A"})
    void namesGoBackAsProvidersTakeThem(String said, String back) {
        assertThat(ToolNames.acceptable(said)).isEqualTo(back);
        assertThat(ToolNames.acceptable(said + "x".repeat(100))).hasSize(64);
    }
}
