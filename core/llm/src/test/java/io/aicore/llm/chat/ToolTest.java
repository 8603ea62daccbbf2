package io.aicore.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTest {

    @ParameterizedTest
    @ValueSource(strings = {"catalog.get", "", " ", "a b", "größe", "a\n"})
    void namesThatProvidersRefuseFailHere(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tool.of(name, "", Map.of()))
                .withMessage("tool name: '" + name + "' (expected: 1 to 64 letters, digits, '_' or '-')");
    }

    @Test
    void namesHaveAtMost64Characters() {
        assertThat(Tool.of("a".repeat(64), "", Map.of()).name()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> Tool.of("a".repeat(65), "", Map.of()));
    }
}
