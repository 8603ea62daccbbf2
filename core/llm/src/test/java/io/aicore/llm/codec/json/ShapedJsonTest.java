package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapedJsonTest {

    private enum Slot {
        ID,
        TEXT,
        COUNT
    }

    private static final JsonShape SHAPE = JsonShape.of()
            .one("parts", JsonShape.of().text("text", Slot.TEXT).zero("index").build())
            .object("usage", JsonShape.of().count("total", Slot.COUNT).build())
            .text("id", Slot.ID)
            .ignored("created")
            .empty("error")
            .isFalse("done")
            .skipped("details")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    private boolean fits(String text) {
        byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
        return json.fitsAsText(bytes, 2, bytes.length - 2);
    }

    @Test
    void readsWhatTheShapeNames() {
        assertThat(
                        fits(
                                "{\"created\":1.5,\"id\":\"a\",\"parts\":[{\"index\":0,\"text\":\"gr\u00FC\u00DF \\n\"}],"
                                        + "\"error\":{},\"usage\":{\"total\":12},\"done\":false,\"details\":[{\"a\":[1,{}]},\"b\",null]} "))
                .isTrue();
        assertThat(json.string(Slot.ID)).isEqualTo("a");
        assertThat(json.text(Slot.TEXT)).isEqualTo("gr\u00FC\u00DF \n");
        assertThat(json.count(Slot.COUNT)).isEqualTo(12);
    }

    @Test
    void hasNothingOfTheObjectBefore() {
        assertThat(fits("{\"id\":\"a\",\"parts\":[{\"text\":\"b\"}],\"usage\":{\"total\":12}}"))
                .isTrue();
        assertThat(fits("{\"parts\":[{}],\"usage\":null}")).isTrue();
        assertThat(json.string(Slot.ID)).isNull();
        assertThat(json.text(Slot.TEXT)).isEmpty();
        assertThat(json.count(Slot.COUNT)).isNegative();
    }

    @Test
    void keepsAStringThatComesAgain() {
        assertThat(fits("{\"id\":\"same\",\"parts\":[{}]}")).isTrue();
        String first = json.string(Slot.ID);
        assertThat(fits("{\"id\":\"same\",\"parts\":[{}]}")).isTrue();
        assertThat(json.string(Slot.ID)).isSameAs(first);
        assertThat(fits("{\"id\":\"sama\",\"parts\":[{}]}")).isTrue();
        assertThat(json.string(Slot.ID)).isEqualTo("sama");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[{\"parts\":[{}]}]",
                "{\"parts\":[]}",
                "{\"parts\":null}",
                "{\"parts\":{}}",
                "{\"parts\":[{},{}]}",
                "{\"parts\":[null]}",
                "{\"parts\":[{\"index\":1}]}",
                "{\"parts\":[{\"index\":0.0}]}",
                "{\"parts\":[{\"index\":\"0\"}]}",
                "{\"parts\":[{\"text\":1}]}",
                "{\"parts\":[{\"text\":{}}]}",
                "{\"parts\":[{}],\"new\":1}",
                "{\"parts\":[{\"new\":1}]}",
                "{\"parts\":[{}],\"error\":\"x\"}",
                "{\"parts\":[{}],\"error\":{\"x\":1}}",
                "{\"parts\":[{}],\"error\":false}",
                "{\"parts\":[{}],\"created\":[]}",
                "{\"parts\":[{}],\"usage\":{\"total\":-1}}",
                "{\"parts\":[{}],\"usage\":{\"total\":1.0}}",
                "{\"parts\":[{}],\"usage\":{\"total\":1234567890123456}}",
                "{\"parts\":[{}],\"usage\":[]}",
                "{\"parts\":[{}],\"id\":\"a\",\"id\":\"a\"}",
                "{\"parts\":[{}],\"parts\":[{}]}",
                "{\"parts\":[{}]} x",
                "{\"parts\":[{}]}{}",
                "{\"parts\":[{}]",
                "{\"parts\":[{}],}",
                "{\"parts\":[{}],\"done\":true}",
                "{\"parts\":[{}],\"done\":null}",
                "{\"parts\":[{}],\"done\":\"false\"}",
                "{\"parts\":[{}],\"details\":[{]}",
                "{\"parts\":[{}],\"details\":[",
                " {\"parts\":[{}]}"
            })
    void doesNotFit(String text) {
        assertThat(fits(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C181", "C080", "E08181", "EDA080", "E282", "F4908080", "FF", "80"})
    void bytesThatADecoderWouldReplaceDoNotFit(String invalid) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("{\"parts\":[{\"text\":\"".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(HexFormat.of().parseHex(invalid));
        bytes.writeBytes("\"}]}".getBytes(StandardCharsets.UTF_8));
        assertThat(json.fitsAsText(bytes.toByteArray(), 0, bytes.size())).isFalse();
    }

    @Test
    void anotherEncodingDoesNotFitAsText() {
        byte[] wide = "{\"parts\":[{}]}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(json.fits(wide)).isTrue();
        assertThat(json.fitsAsText(wide, 0, wide.length)).isFalse();
    }
}
