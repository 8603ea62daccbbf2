package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** The search for quotes does what the plain comparison of all runs would do. */
class QuotesPropertiesTest {

    @Property(tries = 300)
    void aRunOfTheCallersTextNeverStays(
            @ForAll @CharRange(from = 'a', to = 'd') @StringLength(min = 16, max = 60) String text,
            @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 40) String before,
            @ForAll @IntRange(max = 44) int at) {
        int start = Math.min(at, text.length() - Quotes.RUN);
        String shown = replaced(before + " " + text.substring(start) + " " + before, text);

        for (int i = 0; i + Quotes.RUN <= text.length(); i++) {
            assertThat(shown.replace(" ", "")).doesNotContain(text.substring(i, i + Quotes.RUN));
        }
    }

    @Property(tries = 300)
    void wordsWithoutARunInCommonStay(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 16, max = 60) String text,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 60) String words) {
        boolean common = false;
        for (int i = 0; i + Quotes.RUN <= words.length(); i++) {
            common |= text.contains(words.substring(i, i + Quotes.RUN));
        }

        assertThat(replaced(words, text).equals(words)).isEqualTo(!common);
    }

    @Example
    void wordsOfOneLetterCostNoMoreThanOthers() {
        // Walked for each place of the text, the 4,080 equal runs of the words would take minutes.
        assertThat(replaced("a".repeat(4_096), "a".repeat(8 << 20))).isEqualTo("#");
    }

    private static String replaced(String words, String text) {
        Quotes quotes = new Quotes(words);
        quotes.find(text);
        return quotes.replaced("#");
    }
}
