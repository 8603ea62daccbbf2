package io.aicore.llm.codec.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.codec.schema.RecordSchemaTest.Elements;
import io.aicore.llm.codec.schema.RecordSchemaTest.Line;
import io.aicore.llm.codec.schema.RecordSchemaTest.Numbers;
import io.aicore.llm.codec.schema.RecordSchemaTest.Order;
import io.aicore.llm.codec.schema.RecordSchemaTest.Scores;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not fit a schema, and what no schema can say. */
class SchemaMismatchTest {

    record Percent(int value) {
        Percent {
            if (value > 100) {
                throw new IllegalArgumentException("value: " + value + " (expected: 0 to 100)");
            }
        }
    }

    record Picky(String word) {
        Picky {
            if (word.isEmpty()) {
                throw new IllegalStateException("no word");
            }
        }
    }

    record Node(String name, List<Node> children) {}

    enum Grade {
        GOOD
    }

    sealed interface Animal {}

    record Cat(String name) implements Animal {}

    record Zoo(List<Animal> animals) {}

    record Old(Date date) {}

    record Wild(List<? extends String> names) {}

    record Page<T>(List<T> items) {}

    record Pages(Page<String> page) {}

    record Numbered(Map<Integer, String> byNumber) {}

    @SuppressWarnings("NullablePrimitive") // what a user may write by mistake
    record Maybe(@Nullable int count) {}

    record D11(String s) {}

    record D10(D11 d) {}

    record D9(D10 d) {}

    record D8(D9 d) {}

    record D7(D8 d) {}

    record D6(D7 d) {}

    record D5(D6 d) {}

    record D4(D5 d) {}

    record D3(D4 d) {}

    record D2(D3 d) {}

    record D1(D2 d) {}

    private static <T> SchemaMismatchException mismatch(Class<T> type, String json) {
        return catchThrowableOfType(
                SchemaMismatchException.class, () -> RecordSchema.of(type).decode(json));
    }

    @ParameterizedTest
    @CsvSource({
        "b, 128, a whole number from -128 to 127",
        "s, 1.5, a whole number from -32768 to 32767",
        "i, '\"1,000\"', a whole number from -2147483648 to 2147483647",
        "i, '\"1.5\"', a whole number from -2147483648 to 2147483647",
        "i, '\"\"', a whole number from -2147483648 to 2147483647",
        "i, true, a whole number from -2147483648 to 2147483647",
        "l, 9223372036854775808, a whole number from -9223372036854775808 to 9223372036854775807",
        "big, 1e999999999, a whole number",
        "big, 1e-999999999, a whole number",
        "f, 1e39, a number",
        "d, 1e999999999, a number",
        "d, NaN, a number",
        "d, '\"NaN\"', a number",
        "exact, '\"1 %\"', a number",
        "flag, '\"yes\"', true or false",
        "flag, 1, true or false",
    })
    void numbersThatDoNotFitAreNeverBent(String field, String value, String expected) {
        String json = "{\"b\":0,\"s\":0,\"i\":0,\"l\":0,\"big\":0,\"f\":0,\"d\":0,\"exact\":0,\"flag\":false,\"" + field
                + "\":" + value + "}";

        assertThat(mismatch(Numbers.class, json).mismatches())
                .containsExactly(new SchemaMismatch("$." + field, expected, null));
    }

    @Test
    void saysEveryPlaceThatDoesNotFitAndNothingOfTheContent() {
        SchemaMismatchException mismatch = mismatch(
                Order.class,
                "{\"id\":5,\"lines\":[{\"article\":\"cup\",\"count\":1},{\"article\":\"secret\"}],\"tags\":\"secret\","
                        + "\"size\":\"secret\",\"gift\":\"secret\"}");

        assertThat(mismatch)
                .hasMessage("$.id: (expected: a string); $.lines[1].count: (expected: a value, and it is missing);"
                        + " $.tags: (expected: an array); $.size: (expected: one of [SMALL, LARGE]);"
                        + " $.gift: (expected: an object)");
        assertThat(mismatch.forTheModel()).startsWith("- $.id: (expected: a string)\n- $.lines[1].count");
    }

    @Test
    void aNullWhereAValueMustBeDoesNotFit() {
        assertThat(mismatch(Line.class, "{\"article\":null,\"count\":1}"))
                .hasMessage("$.article: (expected: a string)");
    }

    @Test
    void keysOfMapsAreShownOnlyAsNames() {
        assertThat(mismatch(Scores.class, "{\"points\":{\"ann\":\"x\",\"a long secret\":\"x\"}}"))
                .hasMessageContaining("$.points.ann:")
                .hasMessageContaining("$.points[key]:")
                .hasMessageNotContaining("secret");
    }

    @Test
    void toldAreTheFirstTenMismatches() {
        String json = "{\"values\":[" + "\"x\",".repeat(1_000) + "1]}";

        assertThat(mismatch(Elements.class, json).mismatches()).hasSize(10);
    }

    @Test
    void whatTheConstructorSaysIsForTheModelAlone() {
        SchemaMismatchException mismatch = mismatch(Percent.class, "{\"value\":250}");

        assertThat(mismatch).hasMessage("$: (expected: values that Percent accepts)");
        assertThat(mismatch.forTheModel())
                .isEqualTo("- $: (expected: values that Percent accepts): value: 250 (expected: 0 to 100)");
        assertThat(mismatch(Picky.class, "{\"word\":\"\"}").forTheModel())
                .isEqualTo("- $: (expected: values that Picky accepts)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "here you are", "{\"article\":", "```json```", "[1]", "```"})
    void whatIsNoObjectDoesNotFit(String text) {
        assertThat(mismatch(Line.class, text)).hasMessageStartingWith("$: (expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "Node, Node.children[], a record that does not hold itself",
        "Zoo, Zoo.animals[], 'a record, an enum'",
        "Old, Old.date, 'a record, an enum'",
        "Wild, Wild.names[], 'a record, an enum'",
        "Page, Page.items[], 'a record, an enum'",
        "Pages, Pages.page, 'a record, an enum'",
        "Numbered, Numbered.byNumber, 'Map<String, …>'",
        "Maybe, Maybe.count, a type that can be null",
        "Grade, Grade, a record",
        "D1, D1.d.d.d.d.d.d.d.d.d.d, at most 10 records",
    })
    void refusesWhatASchemaCannotSayNamingTheComponent(String type, String path, String expected)
            throws ClassNotFoundException {
        Class<?> kind = Class.forName(SchemaMismatchTest.class.getName() + "$" + type);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordSchema.of(kind))
                .withMessageStartingWith(path + ": ")
                .withMessageContaining("(expected: ")
                .withMessageContaining(expected);
    }

    @Test
    void tenRecordsWithinEachOtherAreFine() {
        assertThat(RecordSchema.of(D2.class).strict()).isTrue();
    }
}
