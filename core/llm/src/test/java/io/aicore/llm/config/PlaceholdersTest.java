package io.aicore.llm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${A:-${B}} | B=b | b",
                "${A:-${B:-${C:-c}}}! | X=x | c!",
                "${A:-${B}} | A=a | a",
                "${A:-x${B}y$${} | B=b | xby${",
                "a}b${B}} | B=b | a}bb}",
            })
    void placeholdersNest(String text, String variable, String filled) {
        Map<String, String> variables = Map.of(variable.substring(0, 1), variable.substring(2));

        assertThat(Placeholders.fill("here", text, variables)).isEqualTo(filled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${A:-${B}", "${A:-${B:-}", "${A-b}", "${A:b}", "${"})
    void aPlaceholderThatDoesNotCloseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Placeholders.fill("here", text, Map.of("A", "a")))
                .withMessage("here: '${' (expected: ${VARIABLE} or ${VARIABLE:-default}, and $${ for ${ itself)");
    }
}
