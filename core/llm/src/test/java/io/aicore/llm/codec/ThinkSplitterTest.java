package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Think blocks and the text behind them. */
class ThinkSplitterTest {

    record Parts(String reasoning, String text) {}

    private static Parts split(List<String> pieces) {
        ThinkSplitter splitter = new ThinkSplitter();
        StringBuilder reasoning = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (String piece : pieces) {
            splitter.add(piece);
            reasoning.append(splitter.takeReasoning());
            text.append(splitter.takeText());
        }
        splitter.end();
        return new Parts(reasoning + splitter.takeReasoning(), text + splitter.takeText());
    }

    private static String lines(String text) {
        return text.replace("~", "\n");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "<think>hm</think>Hello,hm,Hello",
                "<think>hm</think>~~Hello,hm,Hello",
                "<think>hm</think> Hello,hm,Hello",
                "<think>hm</think> ~~  Hello~~you~,hm,  Hello~~you~",
                " ~ <think>~~hm~ so~ ~</think>Hello,hm~ so,Hello",
                "<thinking>hm</thinking>Hello,hm,Hello",
                "<THINK>hm</Think>Hello,hm,Hello",
                "<think>a</thinking></think>b,a</thinking>,b",
                "<think>a < b </</thin </think>c,a < b </</thin,c",
                "<think>a</think>~<think>b</think>~c,a~~b,c",
                "<think></think>Hello,'',Hello",
                "<think>~~</think>~~Hello,'',Hello",
                "<think></think><think>a</think>b,a,b",
                "<think>a</think>,a,''",
                "<think>a</think> ~~,a,''",
                "<think>a</think>b</think>,a,b</think>",
                "<think>never closed,never closed,''",
                "<think>never closed </thi,never closed </thi,''",
                "<think>never closed~,never closed,''",
                "Hello,'',Hello",
                " ~ Hello ~,'', ~ Hello ~",
                "Hello <think>a</think>,'',Hello <think>a</think>",
                "hm</think>Hello,'',hm</think>Hello",
                "<thin,'',<thin",
                "<thinker>a</thinker>,'',<thinker>a</thinker>",
                "<think >a</think >,'',<think >a</think >",
                " <,'', <",
                "~,'',~",
                "'','',''",
            })
    void areParted(String written, String reasoning, String text) {
        assertThat(split(List.of(lines(written)))).isEqualTo(new Parts(lines(reasoning), lines(text)));
    }

    @Property
    void theSameHoweverTheTextIsCut(@ForAll("texts") String text, @ForAll List<Integer> cuts) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(text.length(), from + Math.floorMod(cut, 5));
            pieces.add(text.substring(from, to));
            from = to;
        }
        pieces.add(text.substring(from));

        assertThat(split(pieces)).isEqualTo(split(List.of(text)));
        assertThat(split(text.chars().mapToObj(Character::toString).toList())).isEqualTo(split(List.of(text)));
    }

    @Property
    void nothingButTagsAndWhiteSpaceIsLost(@ForAll("texts") String text) {
        Parts parts = split(List.of(text));

        // Each by itself: what stood before and behind a tag may look like one when it is put together.
        assertThat(bare(parts.reasoning()) + bare(parts.text())).isEqualTo(bare(text));
    }

    private static String bare(String text) {
        return text.replaceAll("\\s|</?think(ing)?>", "");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "<think>", "</think>", "<thinking>", "</thinking>", "<", "</th", "ink>", " ", "\n", "a", "b c")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<think>", "<think>a", "<think>a</think>"})
    void noAmountOfWhiteSpaceIsHeldBack(String begin) {
        ThinkSplitter splitter = new ThinkSplitter();
        splitter.add(begin + "b");
        splitter.add(" ".repeat(10_000));
        int out = splitter.takeReasoning().length() + splitter.takeText().length();
        splitter.end();

        assertThat(splitter.takeReasoning().length() + splitter.takeText().length())
                .isLessThanOrEqualTo(256);
        assertThat(out).isGreaterThan(0);
    }

    @ParameterizedTest
    @CsvSource({"Hi,0,2", "<think>,0,0", "<think>hm,2,0", "<think>hm</think>x,2,1", "<p>,0,3", "<think>a <b,4,0"})
    void whatCanBeNoTagIsNotHeldBack(String piece, int reasoning, int text) {
        ThinkSplitter splitter = new ThinkSplitter();
        splitter.add(piece);

        assertThat(splitter.takeReasoning()).hasSize(reasoning);
        assertThat(splitter.takeText()).hasSize(text);
    }
}
