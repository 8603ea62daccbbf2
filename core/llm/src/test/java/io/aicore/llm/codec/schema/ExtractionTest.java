package io.aicore.llm.codec.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record in an answer that says more than the record. */
class ExtractionTest {

    record Line(String article, int count) {}

    record Wish(Optional<String> article, Optional<Integer> count) {}

    private static final Line CUPS = new Line("cup", 2);
    private static final String JSON = "{\"article\":\"cup\",\"count\":2}";

    private static Line line(String text) {
        return RecordSchema.of(Line.class).extract(text);
    }

    private static SchemaMismatchException mismatch(String text) {
        return catchThrowableOfType(SchemaMismatchException.class, () -> line(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JSON,
                "\uFEFF" + JSON,
                "\n\n " + JSON + " \n",
                "[" + JSON + "]",
                "Here it is: " + JSON,
                JSON + "\n\nLet me know if you need {more}.",
                "```json\n" + JSON + "\n```",
                "```json " + JSON + " ```",
                "```" + JSON + "```",
                "Here:\n\n```JSON\n" + JSON + "\n```\nIs that [all]?",
                "<think>It is {maybe} \"a cup</think>\n" + JSON,
                "<thinking>\n{\"article\": \"pen\", </thinking>\n```json\n[" + JSON + "]\n```",
                "<think>{\"article\":\"pen\",\"count\":1}</think>" + JSON,
                "no opening tag {\"article\":\"pen\",\"count\":1}</think>" + JSON,
                "<think>never closed " + JSON,
                "<think>nothing follows " + JSON + "</think>\n",
                "It's 5\" {wide, it is} :[ \\frac{a}{b}. " + JSON,
                "\"{\\\"article\\\":\\\"cup\\\",\\\"count\\\":2}\"",
                "{{\"article\":\"cup\",\"count\":2}}",
            })
    void isFoundAmongOtherWords(String text) {
        assertThat(line(text)).isEqualTo(CUPS);
    }

    @Test
    void bracketsFencesAndTagsInItsStringsAreItsOwn() {
        String json = "{\"article\":\"a \\\"cup\\\" } ] ``` </think> { \\\\\",\"count\":2}";
        Line expected = new Line("a \"cup\" } ] ``` </think> { \\", 2);

        assertThat(line(json)).isEqualTo(expected);
        assertThat(line("```json\n" + json + "\n```")).isEqualTo(expected);
        assertThat(line("Here: " + json + " done")).isEqualTo(expected);
    }

    @Test
    void theLastOfSeveralThatFitIsTheFinalAnswer() {
        assertThat(line("First {\"article\":\"pen\",\"count\":1}, no: " + JSON)).isEqualTo(CUPS);
    }

    @Test
    void oneThatDoesNotFitIsNoAnswer() {
        assertThat(line(JSON + " (see {\"article\":\"pen\"} and [1])")).isEqualTo(CUPS);
    }

    @Test
    void theOneThatSaysMoreIsMeant() {
        assertThat(RecordSchema.of(Wish.class).extract(JSON + " and {} is what you sent, or {\"count\":7}."))
                .isEqualTo(new Wish(Optional.of("cup"), Optional.of(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"lines\":[" + JSON + ",{\"article\":\"pe",
                "[" + JSON + ",{\"article\":\"pen\",\"coun",
                "[" + JSON + "," + JSON + "]",
                "{\"line\":" + JSON + "}",
                "{\"line\":" + JSON + ", oops}",
                "<think>" + JSON + "?</think>I cannot say.",
                "nothing here",
                ""
            })
    void aPartOfWhatTheModelMeantIsNotTaken(String text) {
        assertThat(mismatch(text)).hasMessageStartingWith("$");
    }

    @Test
    void whatIsWrongIsSaidOfTheOneThatCameNearest() {
        assertThat(mismatch("I thought of {}: {\"article\":\"cup\",\"count\":\"two\"} or {}"))
                .hasMessage("$.count: (expected: a whole number from -2147483648 to 2147483647)");
    }

    @Test
    void manyBracketsThatNothingClosesCostNoMoreThanAFewReadings() {
        String text = "{ ".repeat(200_000) + JSON;

        assertThat(mismatch(text)).hasMessageStartingWith("$: (expected: JSON");
    }
}
