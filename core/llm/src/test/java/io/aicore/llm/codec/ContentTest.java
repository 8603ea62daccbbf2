package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "ab"                                                        | ab
            {"type":"text","text":"ab"}                                 | ab
            {"type":"text","text":{"value":"ab","annotations":[]}}      | ab
            ["a",{"type":"text","text":"b"}]                            | ab
            [{"type":"text","text":[{"text":"a"},"b"]}]                 | ab
            [{"type":"image_url","image_url":{"url":"x"}},{"text":"ab"}]| ab
            [[{"text":"ab"}]]                                           | ``
            null                                                        | ``
            {}                                                          | ``
            7                                                           | ``
            """)
    void textIsReadInEachForm(String content, String text) {
        assertThat(ChatJson.text(Json.read(content))).isEqualTo(text);
    }
}
