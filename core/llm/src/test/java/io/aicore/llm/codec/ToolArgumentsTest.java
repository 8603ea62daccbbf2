package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.codec.wire.NotOnTheWireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "null", " null ", "\"\"", "\" \"", "\"null\"", "{}", "\"{}\""})
    void whatMeansNoneIsAnEmptyObject(String arguments) {
        assertThat(ToolArguments.object(arguments)).isEqualTo("{}");
    }

    @Test
    void anObjectStaysAsItIsWritten() {
        assertThat(ToolArguments.object(" {\"a\": 1.50, \"b\":\"}{\"}\n")).isEqualTo("{\"a\": 1.50, \"b\":\"}{\"}");
    }

    @Test
    void anObjectThatWasEncodedAgainIsDecoded() {
        assertThat(ToolArguments.object("\"{\\\"city\\\": \\\"Ulm\\\"}\"")).isEqualTo("{\"city\": \"Ulm\"}");
        assertThat(ToolArguments.object("\"\\\"{\\\\\\\"a\\\\\\\":1}\\\"\"")).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"city\": \"Ul",
                "{\"a\":1}{\"a\":2}",
                "{\"a\":1},{\"a\":2}",
                "{\"a\":1}]",
                "{\"a\":1} and so on",
                "so {\"a\":1}",
                "[{\"a\":1}]",
                "1",
                "\"Ulm\"",
                "\"{\\\"a\\\":1}\" x",
                "{a:1}",
                "{\"a\":1]}"
            })
    void anythingElseIsNone(String arguments) {
        assertThat(ToolArguments.object(arguments)).isNull();
        assertThatThrownBy(() -> ToolArguments.sent(arguments)).isInstanceOf(NotOnTheWireException.class);
    }
}
